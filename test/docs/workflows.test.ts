import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { inputs, outputs } from '../../action/inputs.ts';
import { renderManagedBlock } from '../../src/findings/issue-markers.ts';
import { safe } from '../../src/publishing/safe-text.ts';
import { renderWorkflow } from '../../src/setup/render-workflow.ts';
import { gate } from '../findings/issue-builders.ts';
import { read } from './markdown.ts';

const Text = z.union([z.string(), z.boolean(), z.number()]).transform(String);
const Step = z.object({
  id: z.string().optional(),
  uses: z.string().optional(),
  if: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), Text).default({}),
});
const Job = z.object({
  permissions: z.record(z.string(), z.string()).optional(),
  if: z.string().optional(),
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
const { scan, publish } = shared.jobs;

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
    const allowed = Object.values(workflow.jobs)[0]?.permissions ?? workflow.permissions;
    expect(allowed.actions).toBe('read');
  });

  it('keeps the token out of the checkout, pastes nothing into a script and names the artifact after the session', () => {
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
    for (const step of steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')))
      expect(step.with['persist-credentials']).toBe('false');
    expect(steps.filter(({ run }) => run !== undefined)).toEqual([]);
    const upload = steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub Actions
    expect(upload?.with.name).toBe('courier-session-${{ steps.courier.outputs.session-id }}');
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
    expect(inputs.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(call.inputs)));
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

it('starts a runner for an edited issue only where it is the dashboard and a person edited it, one after the other', () => {
  expect(written.on.issues).toEqual({ types: ['edited'] });
  const { courier } = written.jobs;
  const condition = courier?.if ?? '';
  expect(condition).toContain("github.event_name != 'issues' ||");
  expect(condition).toContain("contains(github.event.issue.body, '<!-- courier:dashboard -->')");
  expect(condition).toContain("github.event.sender.type != 'Bot'");
  expect(condition).toContain(String(renderManagedBlock('dashboard', safe``, gate).split('\n')[1]));
  expect(courier?.concurrency).toEqual({ group: 'courier', queue: 'max', 'cancel-in-progress': false });
});
