import { createGitHub } from '../../src/adapters/github/github.ts';
import { silentLog } from '../../src/lib/log.ts';
import { workflowToken } from '../fakes/github/github.ts';
import type { StoredComment } from '../fakes/github/state.ts';
import { aBed, type Bed } from './bed.ts';
import { runStep, type Step, type StepResult } from './run-step.ts';
import { temporaryFolder } from './temporary-folder.ts';

const workflow = `on:
  issue_comment:
  workflow_dispatch:
    inputs:
      request: { type: string }
`;

export const repositoryFiles = {
  'src/total.js': 'export const total = 1;\n',
  '.github/workflows/courier.yml': workflow,
  '.github/courier.yml': 'presets: none\nchecks: { tests: { run: test -e fixed, title: The tests fail } }\n',
};

const people = { rita: 'read', tom: 'triage', wanda: 'write', max: 'maintain' } as const;

/** `step`: over what the comment's event gives it. */
type Over = Partial<Step> & { run?: number; attempt?: number };

export type CommandsBed = Bed & {
  /** A step on the comment, as a workflow without a checkout starts it. */
  on: (comment: StoredComment, over?: Over) => Promise<StepResult>;
  /** A step on any event, in such a workflow. */
  onEvent: (event: NonNullable<Step['event']>, over?: Over) => Promise<StepResult>;
  /** The run that a command was handed to, in a checkout. */
  request: (text: string, over?: Over) => Promise<StepResult>;
};

/** A repository with the issue of a finding, #1, and people; steps on their comments, all in jobs without a checkout. */
export async function aCommandsBed(visibility: 'public' | 'private' = 'private'): Promise<CommandsBed> {
  const bed = await aBed(repositoryFiles, { visibility, collaborators: { ...people } });
  const first = await bed.run();
  if (first.outputs.created !== '1') throw new Error(first.log);
  bed.github.forget();
  const nothing = temporaryFolder('nothing');
  return {
    ...bed,
    on: (comment, over = {}) =>
      runStep({ workspace: nothing, github: bed.github, event: eventOf(comment), ...withRun(over) }),
    onEvent: (event, over = {}) => runStep({ workspace: nothing, github: bed.github, event, ...withRun(over) }),
    request: (request, over = {}) =>
      bed.run({
        event: { name: 'workflow_dispatch' },
        ...withRun({ run: 900, ...over }),
        inputs: { ...over.inputs, request },
      }),
  };
}

function withRun({ run = 500, attempt = 1, ...step }: Over): Partial<Step> {
  const env = {
    GITHUB_RUN_ID: String(run),
    GITHUB_RUN_ATTEMPT: String(attempt),
    GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/courier.yml@refs/heads/main',
  };
  return { ...step, env: { ...env, ...step.env } };
}

export function eventOf({ id, body, author }: StoredComment, issue = 1): NonNullable<Step['event']> {
  const comment = { id, body, user: author };
  return { name: 'issue_comment', payload: { action: 'created', issue: { number: issue }, comment, sender: author } };
}

/** The repository and its ledger, as a step sees them. */
export async function connectTo(double: Bed['github']) {
  const github = createGitHub({
    ...{ token: workflowToken, owner: 'acme', repo: 'shop', userAgent: 'courier-test', log: silentLog },
    ...{ apiUrl: double.url, graphqlUrl: double.graphqlUrl, serverUrl: double.serverUrl },
  });
  return { github, store: github.ledger('courier-ledger'), remote: await github.repository() };
}
