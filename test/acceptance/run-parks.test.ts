import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accept, addTest, bash, call, deliver, finish, repair, score } from '../flows/runs-bed.ts';
import { leftOut, sandboxed } from './bed.ts';
import { aRunChain, type RunChain } from './run-chain.ts';

const branch = 'courier/issue-1-sum-subtracts';
const config =
  'blueprints: { careful: { steps: [{ role: planner }, { role: implementer }, { verify: test-passes }, { role: judge }, { role: evaluator }] } }\n';
const options = [{ label: 'Add' }, { label: 'Subtract' }];
const ask = call('ask_question', { question: 'Is sum() to add?', blocking: true, options });
const plan = call('answer', { text: 'Turn the sign in `src/sum.js`.', citations: [] });
const rest = [bash(`${repair}; ${addTest}`), deliver(), finish(), accept(), finish(), score(), finish()];

const panel = ({ repository }: RunChain) =>
  repository.issues.find(({ title }) => title.startsWith('Questions of Courier')) ?? expect.fail('no panel');
const labels = ({ issue }: RunChain) => issue.labels.filter((name) => name.startsWith('courier: '));

async function parked(chain: RunChain) {
  const [run] = await chain.say('wanda', '/courier run careful');
  const step = await chain.work(run, [bash('cat src/sum.js'), ask]);
  expect([step.code, step.outputs.phase, step.outputs.questions], step.log).toEqual([0, 'stopped', '1']);
  return step;
}

describe.skipIf(!sandboxed)(`a run whose planner asks${leftOut}`, () => {
  it('waits without a job, is answered where it was asked for, and goes on where it was to a draft pull request', async () => {
    const chain = await aRunChain({ config, seed: { visibility: 'private' } });
    const step = await parked(chain);
    expect(chain.runs()).toMatchObject({
      attempts: [{ outcome: 'parked' }],
      claim: { session: step.outputs['session-id'] },
    });
    expect(labels(chain)).toEqual(['courier: awaiting-answer']);
    const number = panel(chain).number;
    expect(chain.told()[0]).toContain(`answer on #${number}, or here with \`/courier answer Q1`);
    expect(panel(chain).body).toContain('It works on #1');

    // It holds the issue: nothing else is begun meanwhile.
    expect(await chain.say('max', '/courier run')).toEqual([]);
    expect(chain.told().join()).toContain('waits for answers to go on with this issue');

    const [onward] = await chain.say('tom', '/courier answer Q1 a');
    const second = await chain.work(onward, [plan, finish(), ...rest]);
    expect([second.code, second.outputs.phase, second.outputs.result], second.log).toEqual([
      0,
      'completed',
      'complete',
    ]);
    expect(second.outputs['session-id']).toBe(step.outputs['session-id']);
    const [first = expect.fail('no request'), ...later] = second.model.requests.map(({ body }) => JSON.stringify(body));
    // The transcript of before, with the answer as the result of the call.
    expect(first).toContain('a - b');
    expect(first).toContain('Add');
    expect(later.find((body) => body.includes('Turn the sign'))).toContain('Is sum() to add?');
    expect(second.log).toContain('where it was, from its files');
    expect(chain.pulls()).toMatchObject([
      { body: expect.stringMatching(/^Fixes #1\n/), pull: { branch, draft: true } },
    ]);
    expect(chain.runs().attempts).toMatchObject([{ outcome: 'pushed' }]);
    expect(chain.runs().claim).toBeUndefined();
    expect(chain.told()[0]).toContain('the change is on its branch');
    expect(chain.told()[0]).not.toContain('waits for');
    expect(labels(chain)).toEqual([]);
    expect(panel(chain).state).toBe('closed');
    expect([chain.forced(), chain.github.violations]).toEqual([[], []]);
  });

  it('begins anew with the answers where its files are gone, and says so', async () => {
    const chain = await aRunChain({ config, seed: { visibility: 'private' } });
    await parked(chain);
    rmSync(chain.artifacts, { recursive: true });
    const [onward] = await chain.say('tom', '/courier answer Q1 a', panel(chain).number);
    const second = await chain.work(onward, [plan, finish(), ...rest]);
    expect([second.code, second.outputs.result], second.log).toEqual([0, 'complete']);
    expect(second.log).toContain('from its record alone');
    const first = JSON.stringify(second.model.requests[0]?.body);
    expect(first).toContain('Is sum() to add?');
    expect(first).toContain('Add');
    expect(chain.pulls()).toHaveLength(1);
    expect(chain.github.violations).toEqual([]);
  });

  it('is ended by a stop, and the issue can be run again', async () => {
    const chain = await aRunChain({ config });
    await parked(chain);
    expect(await chain.say('wanda', '/courier stop')).toEqual([]);
    expect(chain.told().join()).toContain('has ended; #1 is free for another run');
    expect(chain.runs()).toMatchObject({ attempts: [{ outcome: 'stopped' }] });
    expect(chain.runs().claim).toBeUndefined();
    const [again] = await chain.say('wanda', '/courier run');
    expect(again).toBeDefined();
  });

  it('does not go on where its branch has moved on meanwhile: it asks again, and knows the answer then', async () => {
    const chain = await aRunChain({ config });
    await parked(chain);
    chain.github.act.push('max', { branch, files: { 'src/sum.js': 'theirs\n' } });
    const [onward] = await chain.say('tom', '/courier answer Q1 a');
    const second = await chain.work(onward, []);
    expect(second.code, second.log).toBe(1);
    expect(chain.told()[0]).toContain('has moved on from');
    expect(chain.runs()).toMatchObject({ attempts: [{ outcome: 'failed' }] });
    expect(chain.github.files('acme/shop', branch)['src/sum.js']).toBe('theirs\n');
    const [again] = await chain.say('wanda', '/courier run careful');
    const third = await chain.work(again, [plan, finish(), ...rest]);
    expect(JSON.stringify(third.model.requests[0]?.body)).toContain('Is sum() to add?');
    expect(chain.github.violations).toEqual([]);
  });
});
