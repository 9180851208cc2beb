import { describe, expect, it } from 'vitest';
import { keepRunLabel } from '../../src/flows/keep-run-label.ts';
import { tendRuns } from '../../src/flows/tend-runs.ts';
import { aTendedBed, idOf } from './tended-bed.ts';

async function aBed() {
  const bed = await aTendedBed();
  const keep = (issue = 3) => keepRunLabel(issue, bed.place);
  return { ...bed, keep };
}

describe('the label of an issue', () => {
  it('follows its runs: at work, failed, and a person is needed after three that failed', async () => {
    const bed = await aBed();
    const seen: string[][] = [];
    for (const letter of ['a', 'b', 'c', 'd']) {
      await bed.begin(letter);
      await bed.keep();
      seen.push(bed.labels());
      await bed.end(letter, letter === 'd' ? 'pushed' : 'failed');
      await bed.keep();
      seen.push(bed.labels());
    }
    const [running, failed, needed] = [['courier: running'], ['courier: failed'], ['courier: needs-human']];
    expect(seen).toEqual([running, failed, running, failed, running, needed, running, []]);
    expect((await bed.runsOf())?.label).toBeUndefined();
  });

  it('is brought to the issue of a finding as well, beside the labels that it has', async () => {
    const bed = await aBed();
    bed.issue(1).labels.push('courier', 'priority: medium');
    await bed.begin('a', { issue: 1 });
    await bed.keep(1);
    expect(bed.issue(1).labels).toEqual(['courier', 'priority: medium', 'courier: running']);
  });

  it('says that a run waits for answers, which ends with no machine', async () => {
    const bed = await aBed();
    const run = await bed.begin('a');
    await bed.park('a');
    bed.act.moveRun(run, { conclusion: 'success' });
    await tendRuns(bed.place);
    expect(bed.labels()).toEqual(['courier: awaiting-answer']);
    expect(await bed.runsOf()).toMatchObject({ claim: { session: idOf('a') }, attempts: [{ outcome: 'parked' }] });
  });

  it('costs nothing where nothing changed', async () => {
    const bed = await aBed();
    await bed.begin('a');
    await bed.keep();
    const before = [bed.double.requests.length, bed.messages.length];
    await bed.keep();
    await tendRuns(bed.place);
    expect([
      bed.double.requests.filter(({ path }) => !path.includes('/actions/runs/')).length,
      bed.messages.length,
    ]).toEqual(before);
  });

  it('costs as much for many issues as for none, where nothing is to be done', async () => {
    const bed = await aBed();
    for (const issue of [1, 2, 3]) {
      await bed.begin('a', { issue });
      await bed.end('a', 'pushed', issue);
    }
    let reads = 0;
    const store = {
      ...bed.store,
      read: () => {
        reads += 1;
        return bed.store.read();
      },
    };
    await tendRuns({ ...bed.place, store });
    expect(reads).toBe(1);
  });

  it('is not given again where a person took it away, until the runs say something else', async () => {
    const bed = await aBed();
    await bed.begin('a');
    await bed.end('a', 'failed');
    await bed.keep();
    bed.act.unlabel('wanda', 'courier: failed', { issue: 3 });
    await bed.keep();
    expect(bed.labels()).toEqual([]);
    await bed.begin('b');
    await bed.keep();
    await bed.end('b', 'refused');
    await bed.keep();
    expect(bed.labels()).toEqual(['courier: failed']);
  });

  it('stays where a person gave it', async () => {
    const bed = await aBed();
    bed.act.label('wanda', 'courier: needs-human', { issue: 3 });
    await bed.begin('a');
    await bed.keep();
    await bed.end('a', 'pushed');
    await bed.keep();
    expect(bed.labels()).toEqual(['courier: needs-human']);
  });

  it('does not stay behind where whoever gave it died before it could say so', async () => {
    const bed = await aBed();
    await bed.begin('a');
    await bed.github.issues.update(3, { addLabels: [bed.place.gate.label('courier: running')] });
    await bed.end('a', 'failed');
    await bed.keep();
    expect(bed.labels()).toEqual(['courier: failed']);
  });

  it('is of no matter to an issue that is gone', async () => {
    const bed = await aBed();
    await bed.begin('a');
    bed.repository.issues.splice(2, 1);
    await bed.keep();
    expect((await bed.runsOf())?.label).toBe('running');
  });
});

describe('a run whose machine is gone', () => {
  it('has failed, and its issue is given back and says so', async () => {
    const bed = await aBed();
    const run = await bed.begin('a');
    await tendRuns(bed.place);
    expect(bed.labels()).toEqual(['courier: running']);
    bed.act.moveRun(run, { conclusion: 'failure' });
    await tendRuns(bed.place);
    expect(bed.labels()).toEqual(['courier: failed']);
    const { claim, attempts } = (await bed.runsOf()) ?? {};
    expect([claim, attempts]).toMatchObject([undefined, [{ session: idOf('a'), outcome: 'failed' }]]);
  });

  it('was stopped where somebody cancelled its workflow', async () => {
    const bed = await aBed();
    bed.act.moveRun(await bed.begin('a'), { conclusion: 'cancelled' });
    await tendRuns(bed.place);
    expect(bed.labels()).toEqual([]);
    expect(await bed.runsOf()).toMatchObject({
      attempts: [{ outcome: 'stopped', why: 'The run was cancelled before it was done.' }],
    });
  });

  it('is ended by its time where nobody knows its session', async () => {
    const bed = await aBed();
    const run = await bed.begin('a');
    bed.act.moveRun(run, { conclusion: 'success' });
    const runs = await bed.runsOf();
    if (!runs?.claim) throw new Error('no claim');
    const claim = { ...runs.claim, session: 'S-unknown' };
    await bed.seed({ runs: { ...runs, claim } });
    await tendRuns(bed.place);
    expect((await bed.runsOf())?.claim).toEqual(claim);
    bed.clock.ahead = 100 * 365 * 86_400_000;
    await tendRuns(bed.place);
    expect((await bed.runsOf())?.claim).toBeUndefined();
  });
});
