import { Blueprint } from '../config/blueprint.ts';

const gates = [
  { verify: 'reproduce', when: 'reproducible', retries: 2 },
  { verify: 'checks', when: 'changed', retries: 2 },
] as const;
const review = [
  { role: 'judge', when: 'changed' },
  { role: 'evaluator', when: 'changed' },
] as const;

/** What everybody has without any configuration; a blueprint of the same name in it takes the place of one of these. */
export const builtInBlueprints = {
  fix: Blueprint.parse({
    about: 'Repairs what the issue says, with a test where one makes sense.',
    steps: [{ role: 'implementer' }, { verify: 'test-passes', when: 'changed', retries: 2 }, ...gates, ...review],
  }),
  'test-first': Blueprint.parse({
    about: 'First a test that shows the problem, then what makes it pass.',
    steps: [
      {
        role: 'implementer',
        name: 'test',
        prompt:
          'Write a test that shows the problem, and nothing else yet. It has to fail. Name the command that runs it.',
      },
      { verify: 'test-fails', retries: 2 },
      {
        role: 'implementer',
        name: 'repair',
        prompt: 'Now repair the problem. Leave the test as it is: it has to pass.',
      },
      { verify: 'test-passes', retries: 3 },
      ...gates,
      ...review,
    ],
  }),
  triage: Blueprint.parse({
    about: 'Finds out what is behind the issue and says what to do; changes nothing.',
    steps: [
      {
        role: 'planner',
        prompt:
          'Find out what is behind the issue, how sure that is, what it would take to repair it, and what speaks against it.',
      },
    ],
  }),
  spec: Blueprint.parse({
    about: 'Writes down what is to be built, in a file of the repository, for people to agree on.',
    steps: [
      { role: 'planner' },
      {
        role: 'implementer',
        prompt:
          'Write the specification as a Markdown file where the repository keeps such documents, else in docs/specs/. Change no code.',
      },
      ...review,
    ],
  }),
  docs: Blueprint.parse({
    about: 'Brings the documentation in line with the code.',
    steps: [
      { role: 'implementer', prompt: 'Change documentation and comments only; the code decides what is right.' },
      ...gates.slice(1),
      ...review,
    ],
  }),
} as const satisfies Record<string, Blueprint>;

/** The blueprint that a run follows where nobody names one. */
export const standardBlueprint = 'fix';
