import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { commitFiles } from '../fakes/github/git-objects.ts';
import { addIssue } from '../fakes/github/state.ts';
import { aBed, agentStep, type Bed, leftOut, sandboxed } from './bed.ts';
import type { Step } from './run-step.ts';

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `export const line${from + at} = ${from + at};`).join('\n');

/** A tool that complains of every line of a file, each with a rule of its own. */
const complainer = (lines: number) =>
  JSON.stringify({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'complainer', rules: [] } },
        invocations: [{ executionSuccessful: true }],
        results: Array.from({ length: lines }, (_, at) => ({
          ruleId: `rule-${at + 1}`,
          level: 'error',
          message: { text: `Complaint ${at + 1}::error::%0A::add-mask::x` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: 'src/a.js' },
                region: { startLine: at + 1, endLine: at + 1 },
              },
            },
          ],
        })),
      },
    ],
  });

const configuration = 'presets: none\nchecks:\n  complaints: { run: cat complaints.sarif, format: sarif }\n';

type Proposal = { bed: Bed; event: NonNullable<Step['event']> };

/** A pull request that adds lines 6 to `lines` to a file of five, and whatever else. */
async function aPullRequest(
  change: Readonly<Record<string, string>>,
  { fork = false, lines = 20, base = {} }: { fork?: boolean; lines?: number; base?: Record<string, string> } = {},
): Promise<Proposal> {
  const files = {
    'src/a.js': `${numbered(1, 5)}\n`,
    '.github/courier.yml': configuration,
    'complaints.sarif': complainer(lines),
    ...base,
  };
  const bed = await aBed(files);
  const baseCommit = bed.repository.head();
  const state = bed.github.repository();
  bed.repository.git('switch', '--quiet', '--create', 'proposal');
  bed.repository.commit({ 'src/a.js': `${numbered(1, lines)}\n`, ...change });
  state.refs.set(
    'refs/heads/main',
    commitFiles(state.objects, { files, message: 'base', parents: [], author: 'acme' }),
  );
  const payload = {
    pull_request: {
      number: 7,
      head: { repo: { full_name: fork ? 'evil/shop' : 'acme/shop' } },
      base: { ref: 'main', sha: baseCommit, repo: { full_name: 'acme/shop' } },
    },
  };
  return { bed, event: { name: 'pull_request', ref: 'refs/pull/7/merge', payload } };
}

const annotations = (log: string) => log.split('\n').filter((line) => /^::(error|warning) title=Courier F-/.test(line));
const call = (name: string, input: object) => ({ toolUses: [{ name, input }] });
const claim = (line: number) =>
  call('report_finding', {
    title: `Line ${line} is constant`,
    description: `The value on line ${line} never changes.`,
    priority: 'high',
    location: { path: 'src/a.js', startLine: line },
    evidence: [{ path: 'src/a.js', startLine: line, quote: `export const line${line} = ${line};` }],
  });
const finish = call('finish', { summary: 'done' });

describe('a pull request', () => {
  it('is told of its own lines only, ten times at most, and touches neither issues nor ledger', async () => {
    const { bed, event } = await aPullRequest({});
    const { code, log, outputs, summary } = await bed.run({ event });
    expect(code).toBe(0);
    expect(outputs).toMatchObject({ result: 'complete', findings: '15', created: '0' });
    expect(annotations(log)).toHaveLength(10);
    for (const line of annotations(log)) expect(line).toMatch(/file=src\/a\.js,line=(\d|1\d|20)::/);
    expect(log).toContain('5 more findings: see the summary.');
    expect(summary).toMatch(/Complaint 20/);
    expect(summary).not.toMatch(/Complaint [1-5]\b/);
    expect(bed.github.writes()).toEqual({});
    expect(bed.github.repository().issues).toEqual([]);
    expect(bed.github.files('acme/shop', 'courier-ledger')).toEqual({});
    expect(bed.github.violations).toEqual([]);
  });

  it('is read with the configuration of its base, not with its own', async () => {
    const hostile = 'presets: none\nledger: { branch: main }\nchecks:\n  own: { run: "touch pwned; false" }\n';
    const { bed, event } = await aPullRequest({ '.github/courier.yml': hostile });
    const { outputs } = await bed.run({ event });
    expect(outputs).toMatchObject({ result: 'complete', findings: '15' });
    expect(existsSync(path.join(bed.repository.root, 'pwned'))).toBe(false);
  });

  it('is read with the configuration of its base also where the step is told to scan on another event', async () => {
    const { bed } = await aPullRequest({
      '.github/courier.yml': 'presets: none\nchecks:\n  own: { run: "touch pwned; false" }\n',
    });
    // A workflow that checks out a contributor's head on an event of the default branch.
    const { log } = await bed.run({
      event: { name: 'issue_comment', ref: 'refs/heads/main' },
      inputs: { mode: 'scan' },
    });
    expect(log).toMatch(/Nothing was published: .* is not the head of main/);
    expect(existsSync(path.join(bed.repository.root, 'pwned'))).toBe(false);
    expect(bed.github.writes()).toEqual({});
  });

  it('asks GitHub for the lines where the checkout does not hold the base', async () => {
    const { bed, event } = await aPullRequest({});
    const patch = '@@ -5,0 +6,2 @@\n+export const line6 = 6;\n+export const line7 = 7;';
    const file = { filename: 'src/a.js', status: 'modified', additions: 2, patch };
    addIssue(bed.github.repository(), { number: 7, pullRequest: true, files: [file] });
    const payload = JSON.parse(JSON.stringify(event.payload).replace(/"sha":"[0-9a-f]+"/, `"sha":"${'e'.repeat(40)}"`));
    const { outputs } = await bed.run({ event: { name: 'pull_request', ref: 'refs/pull/7/merge', payload } });
    expect(outputs).toMatchObject({ result: 'complete', findings: '2' });
  });

  it.each(['--output=pwned', '../../x', 'main; touch pwned', ''])(
    'is refused or harmless where its event names %j as its base',
    async (sha) => {
      const { bed, event } = await aPullRequest({});
      const payload = JSON.parse(
        JSON.stringify(event.payload).replace(/"sha":"[0-9a-f]+"/, `"sha":${JSON.stringify(sha)}`),
      );
      const { code } = await bed.run({ event: { name: 'pull_request', ref: 'refs/pull/7/merge', payload } });
      expect(code).toBe(1);
      expect(existsSync(path.join(bed.repository.root, 'pwned'))).toBe(false);
      expect(bed.github.writes()).toEqual({});
    },
  );

  it.each([{}, { pull_request: {} }, [], null, { pull_request: { number: '7' } }])(
    'is not scanned where its event does not tell whether it is a fork: %j',
    async (payload) => {
      const { bed } = await aPullRequest({});
      const { code, log } = await bed.run({ event: { name: 'pull_request', ref: 'refs/pull/7/merge', payload } });
      expect(code).toBe(1);
      expect(log).toMatch(/::error::.*cannot tell whether it comes from a fork/);
    },
  );
});

describe.skipIf(!sandboxed)(`an agent on a pull request${leftOut}`, () => {
  it('is heard about changed lines only', async () => {
    const { bed, event } = await aPullRequest({}, { base: { '.github/courier.yml': 'presets: none\n' } });
    const model = await bed.model([claim(3), claim(8), finish]);
    const { log, outputs } = await bed.run({ ...agentStep(model), event });
    expect(outputs).toMatchObject({ result: 'complete', findings: '1', created: '0' });
    expect(annotations(log)).toEqual([expect.stringMatching(/file=src\/a\.js,line=8::Line 8 is constant/)]);
    expect(bed.github.writes()).toEqual({});
  });

  it('never runs for a fork, whatever keys and prompts are there; the checks do', async () => {
    const { bed, event } = await aPullRequest({}, { fork: true });
    const model = await bed.model([claim(8), finish]);
    const { log, outputs } = await bed.run({ ...agentStep(model), event });
    expect(model.requests).toEqual([]);
    expect(log).not.toMatch(/^::error::/m);
    expect(outputs).toMatchObject({ result: 'complete', findings: '15', created: '0' });
    expect(annotations(log)).toHaveLength(10);
    expect(bed.github.writes()).toEqual({});
  });

  it('never runs for a fork that was deleted meanwhile', async () => {
    const { bed, event } = await aPullRequest({}, { fork: true });
    const payload = JSON.parse(JSON.stringify(event.payload).replace(/"head":\{[^}]*\}\}/, '"head":{"repo":null}'));
    const model = await bed.model([finish]);
    await bed.run({ ...agentStep(model), event: { name: 'pull_request', ref: 'refs/pull/7/merge', payload } });
    expect(model.requests).toEqual([]);
  });
});
