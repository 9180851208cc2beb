import { describe, expect, it } from 'vitest';
import { aBed, type Bed } from './bed.ts';
import { checked, names } from './complaints.ts';

const withDashboard = {
  ...checked,
  '.github/courier.yml': `${checked['.github/courier.yml']}dashboard: true\nissues: { maxNew: 2 }\n`,
};
const title = 'Courier dashboard';

const issuesOf = (bed: Bed) => bed.github.repository().issues;
const dashboardOf = (bed: Bed) => {
  const [dashboard, ...others] = issuesOf(bed).filter((issue) => issue.title === title);
  if (!dashboard || others.length > 0)
    throw new Error(`expected one dashboard, not ${others.length + (dashboard ? 1 : 0)}`);
  return dashboard;
};
const filedIn = (bed: Bed) => issuesOf(bed).filter((issue) => issue.title !== title);
const recordIn = (bed: Bed) => JSON.parse(bed.github.files('acme/shop', 'courier-ledger')['dashboard.json'] ?? '{}');
const issueWrites = (bed: Bed) =>
  Object.keys(bed.github.writes()).filter((operation) => operation.startsWith('issues/'));
/** Ticks the first box whose line says so, as GitHub's page does. */
function tick(bed: Bed, marker: RegExp): { before: string; after: string } {
  const dashboard = dashboardOf(bed);
  const before = dashboard.body;
  dashboard.body = before.replace(new RegExp(`- \\[ \\] (<!-- courier:(?:${marker.source}) -->)`), '- [x] $1');
  expect(dashboard.body).not.toBe(before);
  return { before, after: dashboard.body };
}

describe('the dashboard', () => {
  it('is made once, names what is held back, and is not written by a scan that changes nothing', async () => {
    const bed = await aBed(withDashboard);
    const first = await bed.run();
    expect(first.log).not.toContain('::error');
    expect(first.outputs).toMatchObject({ result: 'complete', created: '2' });
    const { body, labels, number } = dashboardOf(bed);
    expect(labels).toEqual(['courier']);
    expect(body).toContain('The last scan was complete.');
    expect(body).toContain('**2:** 2 medium.');
    expect(body.match(/^- \[ \] <!-- courier:file F-\w{8} -->/gm)).toHaveLength(2);
    expect(recordIn(bed)).toMatchObject({ issue: { number }, sessions: [{ result: 'complete' }] });

    // The two that were held are filed now: material.
    const second = await bed.run();
    expect(second.outputs).toMatchObject({ created: '2' });
    expect(dashboardOf(bed).body).toContain('**4:** 4 medium.');
    expect(dashboardOf(bed).body).not.toContain('Held back');

    bed.github.forget();
    const commits = bed.github.commits('acme/shop', 'courier-ledger').length;
    const third = await bed.run();
    expect(third.outputs).toMatchObject({ result: 'complete', created: '0' });
    expect(issueWrites(bed)).toEqual([]);
    expect(bed.github.commits('acme/shop', 'courier-ledger')).toHaveLength(commits + 1);
    expect(bed.github.violations).toEqual([]);
  });

  it('costs a scan that changes nothing one request', async () => {
    const requests = async (files: Readonly<Record<string, string>>) => {
      const bed = await aBed(files);
      await bed.run();
      await bed.run();
      bed.github.forget();
      await bed.run();
      return bed.github.requests.length;
    };
    expect((await requests(withDashboard)) - (await requests(checked))).toBe(1);
  });

  it('tells of a failure in the same issue, without a comment, and of the recovery', async () => {
    const bed = await aBed(withDashboard);
    await bed.run();
    await bed.run();
    bed.push({ 'complaints.sarif': 'broken' });
    const failed = await bed.run();
    expect(failed.outputs.result).not.toBe('complete');
    expect(dashboardOf(bed).body).toMatch(/\*\*The last scan (?:failed|was only partial)\.\*\* /);
    bed.push({ 'complaints.sarif': checked['complaints.sarif'] });
    await bed.run();
    expect(dashboardOf(bed).body).toContain('The last scan was complete.');
    expect(dashboardOf(bed).comments).toEqual([]);
  });

  it('files what somebody ticked, whatever held it, and clears the boxes', async () => {
    const bed = await aBed({
      ...withDashboard,
      '.github/courier.yml': withDashboard['.github/courier.yml'].replace('maxNew: 2', 'minPriority: high'),
    });
    await bed.run();
    expect(filedIn(bed)).toEqual([]);
    tick(bed, /file F-\w{8}/);
    tick(bed, /scan-now/);
    const { outputs } = await bed.run();
    expect(outputs).toMatchObject({ created: '1' });
    expect(filedIn(bed)).toHaveLength(1);
    const { body } = dashboardOf(bed);
    expect(body).not.toContain('[x]');
    expect(body.match(/courier:file/g)).toHaveLength(names.length - 1);
  });

  it('keeps what people wrote beside it, and leaves a closed one alone', async () => {
    const bed = await aBed(withDashboard);
    await bed.run();
    const dashboard = dashboardOf(bed);
    dashboard.body = `Notes of ours\n\n${dashboard.body}`;
    dashboard.title = title;
    await bed.run();
    expect(dashboardOf(bed).body.startsWith('Notes of ours\n\n<!-- courier:begin -->')).toBe(true);

    Object.assign(dashboard, {
      state: 'closed',
      stateReason: 'completed',
      closedBy: { login: 'octocat', type: 'User' },
    });
    bed.push({ 'complaints.sarif': 'broken' });
    const before = dashboard.body;
    const { summary } = await bed.run();
    expect(summary).toMatch(/dashboard, issue \d+, is closed and is left alone/);
    expect(dashboardOf(bed)).toMatchObject({ state: 'closed', body: before });
  });

  it('is not made again where it was deleted, unless the configuration was switched off and on', async () => {
    const bed = await aBed(withDashboard);
    await bed.run();
    dashboardOf(bed).deleted = true;
    await bed.run();
    expect(issuesOf(bed).filter((issue) => issue.title === title)).toHaveLength(1);
    const config = withDashboard['.github/courier.yml'];
    bed.push({ '.github/courier.yml': config.replace('dashboard: true', 'dashboard: false') });
    await bed.run();
    bed.push({ '.github/courier.yml': config });
    await bed.run();
    expect(issuesOf(bed).filter((issue) => issue.title === title && !issue.deleted)).toHaveLength(1);
  });

  it.each([
    ['the answer lost after it was made', { operation: 'issues/create', after: 2, applied: true }],
    ['the connection lost before', { operation: 'issues/create', after: 2 }],
  ])('is one issue in the end: %s', async (_what, fault) => {
    const bed = await aBed(withDashboard);
    bed.github.fail(fault);
    const first = await bed.run();
    expect(first.outputs.result).not.toBe('complete');
    const again = await bed.run();
    expect(again.outputs).toMatchObject({ result: 'complete' });
    expect(recordIn(bed)).toMatchObject({ issue: { number: dashboardOf(bed).number } });
    bed.github.forget();
    await bed.run();
    expect(issueWrites(bed)).toEqual([]);
  });

  it('is one issue where two sessions meet', async () => {
    const bed = await aBed(withDashboard);
    await Promise.all([bed.run(), bed.run()]);
    await bed.run();
    expect(dashboardOf(bed).state).toBe('open');
  });
});

describe('a box that somebody ticks', () => {
  const collaborators = { wanda: 'write', tracy: 'triage', rita: 'read' } as const;
  const heldConfig = {
    ...withDashboard,
    '.github/courier.yml': withDashboard['.github/courier.yml'].replace('maxNew: 2', 'minPriority: high'),
  };
  async function aScannedBed(): Promise<Bed> {
    const bed = await aBed(heldConfig, { collaborators });
    await bed.run();
    bed.github.forget();
    return bed;
  }
  const edit = (bed: Bed, { before }: { before: string }, login: string, over: object = {}) => {
    const { number, body } = dashboardOf(bed);
    const payload = {
      action: 'edited',
      issue: { number, body },
      changes: { body: { from: before } },
      sender: { login, type: 'User' },
      ...over,
    };
    return bed.run({ event: { name: 'issues', payload } });
  };

  it('has its finding filed at once on the word of somebody who may write, without a scan', async () => {
    const bed = await aScannedBed();
    const change = tick(bed, /file F-\w{8}/);
    const { code, outputs, summary } = await edit(bed, change, 'wanda');
    expect({ code, ...outputs }).toMatchObject({ code: 0, result: 'skipped', created: '1' });
    expect(summary).toContain('wanda asked on the dashboard to file 1 finding');
    expect(filedIn(bed)).toHaveLength(1);
    const { body } = dashboardOf(bed);
    expect(body).not.toContain('[x]');
    expect(body.match(/courier:file/g)).toHaveLength(names.length - 1);
    // What was not scanned says nothing about health.
    expect(recordIn(bed).sessions).toHaveLength(1);
    expect(bed.github.violations).toEqual([]);
  });

  it('starts a scan for somebody who may write', async () => {
    const bed = await aScannedBed();
    const { outputs } = await edit(bed, tick(bed, /scan-now/), 'wanda');
    expect(outputs).toMatchObject({ result: 'complete', findings: '4' });
    expect(dashboardOf(bed).body).not.toContain('[x]');
    expect(recordIn(bed).sessions).toHaveLength(2);
  });

  it('has the open findings verified, without an agent', async () => {
    const bed = await aScannedBed();
    const change = tick(bed, /verify/);
    const { outputs, log } = await edit(bed, change, 'wanda');
    expect(log).not.toContain('::error');
    expect(outputs).toMatchObject({ result: 'complete', findings: '4' });
    expect(dashboardOf(bed).body).not.toContain('[x]');
  });

  it.each([
    ['scan-now', 'tracy', /tracy may not ask for anything here: that needs write, and the role is triage/],
    ['file F-\\w{8}', 'rita', /rita may not ask for anything here: that needs write, and the role is read/],
    ['scan-now', 'mallory', /mallory may not ask for anything here: .*the role is none/],
  ])('does nothing at %s for %s but say why, and does not fail', async (marker, login, why) => {
    const bed = await aScannedBed();
    const { code, outputs, summary } = await edit(bed, tick(bed, new RegExp(marker)), login);
    expect({ code, ...outputs }).toMatchObject({ code: 0, result: 'skipped', created: '0' });
    expect(summary).toMatch(why);
    expect(bed.github.writes()).toEqual({});
  });

  it('counts for nothing while GitHub cannot say what its person may do', async () => {
    const bed = await aScannedBed();
    bed.github.fail({ operation: 'repos/get-collaborator-permission-level', status: 500, times: 9 });
    const { code, outputs, summary } = await edit(bed, tick(bed, /scan-now/), 'wanda');
    expect({ code, ...outputs }).toMatchObject({ code: 0, result: 'skipped' });
    expect(summary).toContain('could not be looked up');
    expect(bed.github.writes()).toEqual({});
  });

  it('counts for nothing on an issue that only looks like the dashboard, and in the hands of an app', async () => {
    const bed = await aScannedBed();
    const change = tick(bed, /scan-now/);
    const forged = await edit(bed, change, 'wanda', { issue: { number: 999, body: dashboardOf(bed).body } });
    expect(forged.summary).toContain('Issue 999 is not the dashboard that the ledger knows');
    const app = await edit(bed, change, 'wanda', { sender: { login: 'some-app[bot]', type: 'Bot' } });
    expect(app.summary).toContain('only what people tick counts');
    expect([forged.code, app.code]).toEqual([0, 0]);
    expect(bed.github.writes()).toEqual({});
  });

  it('is dealt with once: a late event finds nothing to do', async () => {
    const bed = await aScannedBed();
    const change = tick(bed, /scan-now/);
    const late = { issue: { number: dashboardOf(bed).number, body: dashboardOf(bed).body } };
    await bed.run();
    const { code, outputs, summary } = await edit(bed, change, 'wanda', late);
    expect({ code, ...outputs }).toMatchObject({ code: 0, result: 'skipped' });
    expect(summary).toContain('a session has dealt with it by now');
  });
});
