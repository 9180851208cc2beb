import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { inputs, outputs } from '../../action/inputs.ts';
import { renderCommentMark, renderManagedBlock } from '../../src/findings/issue-markers.ts';
import { safe } from '../../src/publishing/safe-text.ts';
import { parseSplit } from '../../src/sessions/split.ts';
import { renderWorkflow } from '../../src/setup/render-workflow.ts';
import { gate } from '../findings/issue-builders.ts';
import { evaluateCondition } from './evaluate-condition.ts';
import { blocksIn, read, rowsBelow } from './markdown.ts';

const Text = z.union([z.string(), z.boolean(), z.number()]).transform(String);
const Step = z.object({
  id: z.string().optional(),
  uses: z.string().optional(),
  if: z.string().optional(),
  env: z.record(z.string(), Text).default({}),
  run: z.string().optional(),
  with: z.record(z.string(), Text).default({}),
});
const Job = z.object({
  permissions: z.record(z.string(), z.string()).optional(),
  if: z.string().optional(),
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  strategy: z.object({ 'fail-fast': z.boolean(), matrix: z.record(z.string(), z.string()) }).optional(),
  concurrency: z.record(z.string(), z.unknown()).optional(),
  steps: z.array(Step),
  outputs: z.record(z.string(), z.string()).default({}),
});
const Workflow = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(z.string(), Job),
});
const Call = z.object({
  inputs: z.record(z.string(), z.object({ type: z.string(), default: z.string() })),
  secrets: z.record(z.string(), z.object({ required: z.literal(false) })),
});

const text = read('.github/workflows/scan.yml');
const shared = Workflow.parse(parse(text));
const call = Call.parse(shared.on.workflow_call);
const written = Workflow.parse(parse(renderWorkflow({ uses: 'codecourier/courier@v1', name: 'shop' })));
const { plan, scan, publish } = shared.jobs;

const courierSteps = (workflow: z.infer<typeof Workflow>) =>
  Object.values(workflow.jobs).flatMap(({ steps }) =>
    steps.filter(({ uses }) => uses?.startsWith('codecourier/courier@')),
  );
const usedIn = (value: unknown, kind: string) =>
  [...JSON.stringify(value).matchAll(new RegExp(`\\b${kind}\\.([\\w-]+)`, 'g'))].map(([, name]) => name);

describe.each([
  ['scan.yml', shared],
  ['what init writes', written],
])('%s', (_, workflow) => {
  it('gives the Action declared inputs and reads declared outputs', () => {
    const steps = courierSteps(workflow);
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps)
      expect(inputs.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(step.with)));
    const read = [...JSON.stringify(workflow.jobs).matchAll(/steps\.courier\.outputs\.([\w-]+)/g)].map(
      ([, name]) => name,
    );
    expect(read).toContain('session-path');
    expect(Object.keys(outputs)).toEqual(expect.arrayContaining(read));
  });

  it('brings the files of a session that is resumed to the step, at the commit that it scanned', () => {
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
    const [checkout] = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    const request = 'fromJSON(inputs.request)';
    expect(checkout?.with.ref).toContain(`${request}.commit`);
    const download = steps.find((step) => step.with['run-id'] !== undefined);
    expect(download?.if).toBe(`inputs.request && ${request}.run`);
    expect(download?.with.name).toBe(`courier-session-\${{ ${request}.session }}`);
    const [courier] = courierSteps(workflow);
    expect(courier?.with['session-path']).toBe(download?.with.path);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub Actions
    expect(courier?.with.request).toBe('${{ inputs.request }}');
    const allowed =
      Object.values(workflow.jobs).find(({ steps }) => steps.some(({ id }) => id === 'courier'))?.permissions ??
      workflow.permissions;
    expect(allowed.actions).toMatch(/^(?:read|write)$/);
  });

  it('keeps the token out of the checkout, pastes nothing into a script and names the artifact after the session', () => {
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
    for (const step of steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')))
      expect(step.with['persist-credentials']).toBe('false');
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
    const upload = steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
    expect(upload?.with.name).toMatch(/^courier-session-\$\{\{ steps\.courier\.outputs\.session-id \}\}/);
  });
});

describe('the two-job workflow', () => {
  it('lets the job with the agent write nothing, and the job that writes run no agent', () => {
    expect(shared.permissions).toEqual({});
    expect(scan?.permissions).toEqual({ contents: 'read', actions: 'read' });
    expect(publish?.permissions).toEqual({ contents: 'write', issues: 'write' });
    // The ledger key seals what the artifact carries; it never meets the sandbox, nor does E2B's.
    expect(usedIn(scan, 'secrets')).toEqual(['anthropic-api-key', 'e2b-api-key', 'ledger-key']);
    expect(usedIn(publish, 'secrets')).toEqual(['app-token', 'ledger-key']);
    expect(courierSteps(shared).map((step) => [step.with.mode, step.with.prompt !== undefined])).toEqual([
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub Actions
      ["${{ inputs.request && 'request' || 'scan' }}", true],
      ['publish', false],
    ]);
  });

  it('uses every input and secret that it declares, and none that it does not', () => {
    const jobs = Object.values(shared.jobs);
    expect(new Set(usedIn(jobs, 'inputs'))).toEqual(new Set(Object.keys(call.inputs)));
    expect(new Set(usedIn(jobs, 'secrets'))).toEqual(new Set(Object.keys(call.secrets)));
    const { shards: _, ...ofTheAction } = call.inputs;
    expect(inputs.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(ofTheAction)));
  });

  it('publishes what it downloads, also after a scan that failed, and leaves fail-on to whichever job ends it', () => {
    const download = publish?.steps.find(({ uses }) => uses?.startsWith('actions/download-artifact@'));
    const step = publish?.steps.find(({ id }) => id === 'courier');
    expect(download?.with.path).toBe(step?.with['session-path']);
    expect(publish?.if).toContain('always()');
    expect(publish?.if).toContain("inputs.publish != 'none'");
    // A step that was killed names its session, for the artifact, and has nothing to publish.
    expect(publish?.if).toContain("needs.scan.outputs.phase != ''");
    expect(step?.with['fail-on']).toMatch(/^\$\{\{ inputs\.fail-on \}\}$/);
    expect(scan?.steps.find(({ id }) => id === 'courier')?.with['fail-on']).toContain(
      "inputs.publish == 'none' && inputs.fail-on",
    );
  });

  it('scans in one job where nobody asks for more, and else in as many as were asked for, each told which it is', () => {
    expect(call.inputs.shards?.default).toBe('1');
    const [, text = '{}', key] =
      /^\$\{\{ fromJSON\('(.+)'\)\[(.+)\] \}\}$/.exec(scan?.strategy?.matrix.part ?? '') ?? [];
    // A session that is resumed is in one job.
    expect(key).toBe("inputs.request && '1' || inputs.shards");
    const parts = z.record(z.string(), z.array(z.number())).parse(JSON.parse(text));
    expect(Object.keys(parts)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '12', '16']);
    for (const [shards, numbers] of Object.entries(parts)) {
      expect(numbers).toEqual(Array.from({ length: Number(shards) }, (_, index) => index + 1));
      for (const number of numbers) {
        const split = parseSplit(`${number}/${shards}`, 'S20261121-181500-ab3d');
        expect(split?.number).toBe(shards === '1' ? undefined : number);
      }
    }
    const { env } = courierSteps(shared)[0] ?? {};
    expect(env).toEqual({
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub Actions
      COURIER_PART: "${{ needs.plan.outputs.session-id && format('{0}/{1}', matrix.part, inputs.shards) || '' }}",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub Actions
      COURIER_SESSION: '${{ needs.plan.outputs.session-id }}',
    });
  });

  it('gives the jobs of a matrix one id and artifacts of their own, goes on where one fails, and publishes all that are there', () => {
    expect(plan?.if).toBe("inputs.shards != '1' && !inputs.request");
    expect(plan?.permissions).toEqual({});
    // Skipped for a scan in one job, which must not skip the rest.
    expect(scan?.needs).toBe('plan');
    expect(scan?.if).toBe("!cancelled() && needs.plan.result != 'failure'");
    expect(scan?.strategy?.['fail-fast']).toBe(false);
    const upload = scan?.steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
    expect(upload?.with.name).toContain("needs.plan.outputs.session-id && format('-{0}', matrix.part) || ''");
    expect(upload?.with.overwrite).toBe('true');
    const download = publish?.steps.find(({ uses }) => uses?.startsWith('actions/download-artifact@'));
    const id = 'needs.plan.outputs.session-id || needs.scan.outputs.session-id';
    expect(download?.with.pattern).toBe(`courier-session-\${{ ${id} }}*`);
    expect(download?.with['merge-multiple']).toBeUndefined();
    expect(publish?.needs).toEqual(['plan', 'scan']);
    // One that left nothing sets no output, whichever ends last.
    expect(publish?.if).toContain("(needs.plan.outputs.session-id != '' || needs.scan.outputs.phase != '')");
  });

  it('makes an id that the Action takes', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'courier-plan-'));
    const output = path.join(folder, 'output');
    const run = plan?.steps[0]?.run ?? 'false';
    expect(
      spawnSync('bash', ['-e', '-o', 'pipefail', '-c', run], { env: { ...process.env, GITHUB_OUTPUT: output } }).status,
    ).toBe(0);
    const [, id] = /^session-id=(.+)\n$/.exec(readFileSync(output, 'utf8')) ?? [];
    rmSync(folder, { recursive: true });
    expect(parseSplit('1/2', id)?.session).toBe(id);
  });

  it('shows in its head how to call it, with inputs and secrets that it has', () => {
    const example = text
      .split('\n')
      .filter((line) => line.startsWith('#   '))
      .map((line) => line.slice(4))
      .join('\n');
    const Caller = z.object({
      jobs: z.object({
        courier: z.object({
          permissions: z.record(z.string(), z.string()),
          with: z.record(z.string(), z.string()),
          secrets: z.record(z.string(), z.string()),
        }),
      }),
    });
    const { courier } = Caller.parse(parse(example)).jobs;
    expect(courier.permissions).toEqual({ ...scan?.permissions, ...publish?.permissions });
    expect(Object.keys(call.inputs)).toEqual(expect.arrayContaining(Object.keys(courier.with)));
    expect(Object.keys(call.secrets)).toEqual(expect.arrayContaining(Object.keys(courier.secrets)));
  });
});

const wanda = { login: 'wanda', type: 'User' };
const bot = { login: 'github-actions[bot]', type: 'Bot' };
const comment = (body: string, over: object = {}) => ({
  event_name: 'issue_comment',
  event: { action: 'created', issue: { number: 1, body: '' }, comment: { body, user: wanda }, sender: wanda, ...over },
});
const dashboard = String(renderManagedBlock('dashboard', safe`- [x] Scan`, gate));
const issue = (body: string | null, over: object = {}) => ({
  event_name: 'issues',
  event: { action: 'edited', issue: { number: 2, body }, sender: wanda, ...over },
});
const finding = String(renderManagedBlock('F-0000000a', safe`Text`, gate));
const box = (state: string) => `- [${state}] <!-- courier:answer Q1 a --> **a** Yes`;
const ours = String(renderCommentMark(['command', '7'], gate));

describe('the jobs of the workflow that init writes', () => {
  const startedBy = (github: object): string[] =>
    Object.entries(written.jobs).flatMap(([name, job]) =>
      evaluateCondition(job.if ?? "''", { github }) ? [name] : [],
    );

  it.each<[string, object, string[]]>([
    ['a schedule', { event_name: 'schedule', event: { schedule: '7 4 * * 1-5' } }, ['courier']],
    ['a dispatch', { event_name: 'workflow_dispatch', event: { inputs: { request: '' }, sender: bot } }, ['courier']],
    ['a comment', comment('Thanks, fixed in #12.'), []],
    ['a comment without a text', comment(''), []],
    ['a command', comment('/courier ignore 30d'), ['comments']],
    ['a command in capitals', comment('Please\r\n/COURIER Scan'), ['comments']],
    ['a command by a bot', comment('/courier run', { sender: bot }), []],
    // Which line it is, an expression cannot tell: the step ends at once.
    ['a quoted command', comment('> /courier run\n\nNo.'), ['comments']],
    ['a command that somebody edited', comment('/courier run', { action: 'edited' }), []],
    ['a command that somebody deleted', comment('/courier run', { action: 'deleted' }), []],
    [
      'a box that a person ticked in a comment of ours',
      comment('', { action: 'edited', comment: { body: `${box('x')}\n\n${ours}`, user: bot } }),
      ['comments'],
    ],
    [
      'an edit of ours by ourselves',
      comment('', { action: 'edited', comment: { body: box(' '), user: bot }, sender: bot }),
      [],
    ],
    [
      'a panel that somebody emptied',
      comment('', { action: 'edited', comment: { body: '', user: bot }, changes: { body: { from: box(' ') } } }),
      ['comments'],
    ],
    [
      'a status comment of ours that somebody edited',
      comment('', { action: 'edited', comment: { body: ours, user: bot }, changes: { body: { from: ours } } }),
      [],
    ],
    [
      'an edit of what a person wrote with our marker in it',
      comment('', { action: 'edited', comment: { body: box('x'), user: wanda } }),
      [],
    ],
    ['a ticked dashboard', issue(dashboard), ['courier']],
    ['a dashboard that we wrote', issue(dashboard, { sender: bot }), []],
    ['a dashboard that somebody closed', issue(dashboard, { action: 'closed' }), []],
    ['a finding that somebody closed', issue(finding, { action: 'closed' }), ['comments']],
    ['a finding that somebody labelled', issue(finding, { action: 'labeled' }), ['comments']],
    ['a finding that a bot closed', issue(finding, { action: 'closed', sender: bot }), []],
    ['a finding with a new title', issue(finding, { changes: { title: { from: 'Old' } } }), ['comments']],
    ['a finding with a new text', issue(finding, { changes: { body: { from: 'Old' } } }), []],
    ["somebody's own issue that was closed", issue('Mine.', { action: 'closed' }), []],
    ['another edited issue', issue('It is broken.'), []],
    ['an issue without a text', issue(null), []],
  ])('are started by %s: %#', (_, github, jobs) => {
    expect(startedBy(github)).toEqual(jobs);
  });

  it('come one after the other, but for runs of several issues, and none is cut off', () => {
    const { courier, comments } = written.jobs;
    expect(courier?.concurrency).toMatchObject({ queue: 'max', 'cancel-in-progress': false });
    // Of all requests those of runs alone name a head.
    const [, ...parts] =
      /^courier\$\{\{ (.+) && (.+) && (.+) \|\| '' \}\}$/.exec(String(courier?.concurrency?.group)) ?? [];
    const issue = "format('-{0}', fromJSON(inputs.request).issue)";
    expect(parts).toEqual(['inputs.request', 'fromJSON(inputs.request).head', issue]);
    expect(comments?.concurrency).toMatchObject({ queue: 'max', 'cancel-in-progress': false });
    // A comment must not wait for a scan, nor one issue for another.
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub Actions
    expect(comments?.concurrency?.group).toBe('courier-comments-${{ github.event.issue.number }}');
    expect(written.on).toMatchObject({
      issues: { types: expect.arrayContaining(['edited', 'closed', 'reopened', 'labeled', 'assigned', 'deleted']) },
      issue_comment: { types: ['created', 'edited'] },
    });
  });

  it('have the permissions that the page about the Action tells, and the one for comments no key and no checkout', () => {
    expect(written.permissions).toEqual({});
    const table = rowsBelow('docs/action.md', 'Permissions');
    const told = (mode: string) => {
      const [, cell = ''] = table.find(([what]) => what?.includes(`mode: ${mode}`)) ?? [];
      return Object.fromEntries(
        [...cell.matchAll(/`([a-z-]+): (read|write)`/g)].map(([, name, level]) => [name, level]),
      );
    };
    const { courier, comments } = written.jobs;
    expect(comments?.permissions).toEqual(told('command'));
    expect(courier?.permissions).toEqual(told('request'));
    expect(usedIn(comments, 'secrets')).toEqual([]);
    expect(comments?.steps.map(({ uses }) => uses)).toEqual(['codecourier/courier@v1']);
  });

  it('use the actions of others by their commit', () => {
    const used = Object.values(written.jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
    const others = used.filter((uses) => !uses.startsWith('codecourier/courier@'));
    expect(others).toHaveLength(3);
    for (const uses of others) expect(uses).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
  });
});

it('the page about commands without the app shows the job as init writes it', () => {
  const [block] = blocksIn('docs/serverless.md').filter(({ text: yaml }) => yaml.includes('comments:'));
  const shown = Workflow.parse(parse(block?.text ?? '')).jobs.comments;
  const { steps, ...job } = written.jobs.comments ?? { steps: [] };
  expect(shown).toEqual({ ...job, steps });
});
