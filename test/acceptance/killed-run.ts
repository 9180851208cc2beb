import { expect } from 'vitest';
import type { Script, ScriptedTurn } from '../fakes/anthropic/script.ts';
import { accept, addTest, bash, deliver, finish, repair, score, testText } from '../flows/runs-bed.ts';
import { aLongTime, expectNothingLeft, processesWith } from './killed-step.ts';
import { aRunChain, type RunChain } from './run-chain.ts';
import type { Step } from './run-step.ts';

/** A moment of a run's job. */
export type Moment =
  /** At its nth write of this kind to GitHub, from 0: `applied`, when that was made and before it is answered. */
  | { at: 'write'; operation: string; nth: number; applied: boolean; path?: RegExp }
  /** When the model is asked for this turn, from 0. */
  | { at: 'turn'; turn: number }
  /** While a command in the sandbox runs that holds this word. */
  | { at: 'command'; word: string };

export const nameOf = (moment: Moment): string => {
  if (moment.at === 'write') return `${moment.applied ? 'after' : 'before'} ${moment.operation} ${moment.nth + 1}`;
  return moment.at === 'turn' ? `at turn ${moment.turn + 1} of the model` : `while ${moment.word} runs`;
};

export const branch = 'courier/issue-1-sum-subtracts';
/** Words that only the command of this stage holds, so that it can be told among all processes. */
export const words = { setup: `setup${aLongTime()}`, gate: `gate${aLongTime()}`, left: aLongTime() } as const;

const lasting = (word: string) => `node -e 'setTimeout(() => {}, 700)' ${word}`;
// Its setup is no other chain's: what a sandbox was set up with is kept, and would not run again.
const aConfig = () =>
  [
    `sandbox: { setup: "${lasting(words.setup)} ${aLongTime()}" }`,
    `blueprints: { fix: { steps: [{ role: planner }, { role: implementer }, { verify: test-passes }, { run: "npm test && ${lasting(words.gate)}" }, { role: judge }, { role: evaluator }] } }`,
    '',
  ].join('\n');

// What it starts in the sandbox outlives a step that is killed, if nobody ends it.
const daemon = `(setsid nohup sleep ${words.left} >/dev/null 2>&1 &)`;
const plan = { toolUses: [{ name: 'answer', input: { text: 'Add instead of subtracting.' } }] };
export const turns: readonly ScriptedTurn[] = [
  ...[plan, finish()],
  ...[bash(`${repair}; ${addTest}\n${daemon}`), deliver(), finish()],
  ...[accept(), finish(), score(), finish()],
];

export const aKilledChain = () => aRunChain({ config: aConfig() });

type Killing = { script: Script; onSpawn: NonNullable<Step['onSpawn']> };

/** Kills the job's step at a moment, as a machine without memory does. */
function killAt(moment: Moment, { github }: Pick<RunChain, 'github'>): Killing {
  let strike = () => {};
  return {
    script: (_, index) => {
      if (moment.at === 'turn' && index === moment.turn) strike();
      return turns[index] ?? finish();
    },
    onSpawn(child) {
      strike = () => void child.kill('SIGKILL');
      if (moment.at === 'write') {
        const { at: _, nth, ...write } = moment;
        github.fail({ ...write, after: nth, meanwhile: strike });
      }
      if (moment.at !== 'command') return;
      const watch = setInterval(() => {
        if (processesWith(moment.word).length > 0) strike();
      }, 20);
      child.on('exit', () => clearInterval(watch));
    },
  };
}

// What is made by these alone is to be seen nowhere.
const unseen = ['git/create-blob', 'git/create-tree', 'git/create-commit'];

/** All moments of a run's job, as one that nobody disturbs shows them. */
export async function momentsOf(chain: RunChain): Promise<Moment[]> {
  const [run] = await chain.say('wanda', '/courier run');
  chain.github.forget();
  const step = await chain.work(run, turns);
  expect(step.code, step.log).toBe(0);
  const seen = new Map<string, number>();
  const writes = chain.github.requests.flatMap(({ wrote, operation, login }): Moment[] => {
    if (!wrote || operation === 'graphql' || login !== 'github-actions[bot]') return [];
    const nth = seen.get(operation) ?? 0;
    seen.set(operation, nth + 1);
    const ways = unseen.includes(operation) ? [false] : [false, true];
    return ways.map((applied) => ({ at: 'write', operation, nth, applied }));
  });
  const asked = step.model.requests.map((_, turn): Moment => ({ at: 'turn', turn }));
  const commands = [words.setup, words.gate].map((word): Moment => ({ at: 'command', word }));
  return [...writes, ...asked, ...commands];
}

/** A run that is killed, and asked for again. @param machine `gone`: nothing cleans up after it. */
export async function killAndRunAgain(moment: Moment, machine: 'stays' | 'gone'): Promise<void> {
  const name = `${nameOf(moment)}, its machine ${machine}`;
  const chain = await aKilledChain();
  const { github } = chain;
  const [first] = await chain.say('wanda', '/courier run');
  const { script, onSpawn } = killAt(moment, chain);
  const after = (runnerTemp: string) => expectNothingLeft(words.left, runnerTemp);
  const killed = await chain.work(first, script, { onSpawn, ...(machine === 'stays' && { after }) });
  github.heal();
  // How often it says how far it is depends on the time that it takes: such a moment may not come again.
  if (killed.code === 0 && moment.at === 'write' && moment.operation === 'issues/update-comment') return;
  expect(killed.code, `${name}: ${killed.log}`).not.toBe(0);

  const [second] = await chain.say('wanda', '/courier run');
  const again = await chain.work(second ?? expect.fail(`${name}: ${chain.told().join('\n\n')}`), turns, {
    after: (runnerTemp) => expectNothingLeft(words.left, runnerTemp),
  });
  expect(again.code, `${name}: ${again.log}`).toBe(0);
  expectOnce(chain, name);
}

/** What was asked for is there, once, and nothing is left open. */
function expectOnce(chain: RunChain, name: string): void {
  const { github, repository } = chain;
  const main = repository.refs.get('refs/heads/main');
  expect(chain.branches(), name).toEqual([branch]);
  expect(
    chain.commits(branch).map(({ parents }) => parents),
    name,
  ).toEqual([[main], []]);
  expect(github.files('acme/shop', branch), name).toMatchObject({
    'src/sum.js': 'export const sum = (a, b) => a + b;\n',
    'test/add.test.js': testText,
  });
  expect(chain.pulls(), name).toMatchObject([{ state: 'open', pull: { branch, base: 'main', draft: true } }]);
  const runs = chain.runs();
  expect([runs.claim, runs.offer], name).toEqual([undefined, undefined]);
  expect(
    runs.attempts.filter(({ outcome }) => outcome === undefined),
    name,
  ).toEqual([]);
  expect(
    chain.issue.labels.filter((label) => label.startsWith('courier: ')),
    name,
  ).toEqual([]);
  const reactions = chain.issue.comments
    .filter(({ author }) => author.login === 'wanda')
    .map((comment) => [...new Set(comment.reactions.map(({ content }) => content))]);
  expect(reactions, name).toEqual([
    ['eyes', expect.stringMatching(/^(confused|rocket)$/)],
    ['eyes', 'rocket'],
  ]);
  for (const told of chain.told()) expect(told, name).not.toMatch(/does it\.|is under way|Working/);
  expect([chain.forced(), github.violations], name).toEqual([[], []]);
}
