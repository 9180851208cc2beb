import { describe, expect, it } from 'vitest';
import { aBed, agentStep, leftOut, sandboxed } from './bed.ts';

const files = { 'src/a.js': 'export const a = 1;\n', '.github/courier.yml': 'presets: none\n' };
const finish = { toolUses: [{ name: 'finish', input: { summary: 'done' } }] };

describe('a step that cannot do what it was asked to', () => {
  it('names file, line and field of a wrong configuration', async () => {
    const role = 'blueprints: { fix: { steps: [{ role: judge, agent: { tool: codx } }] } }\n';
    const bed = await aBed({ ...files, '.github/courier.yml': `presets: none\nissueAgent:\n  effort: hihg\n${role}` });
    const { code, log, outputs, summary } = await bed.run();
    expect(code).toBe(1);
    expect(outputs.result).toBe('failed');
    expect(summary).toMatch(/\*\*Failed:\*\*.*courier\.yml:3/s);
    expect(log).toMatch(/::error::\.github\/courier\.yml:3: issueAgent\.effort: .*did you mean "high"/);
    expect(log).toMatch(/courier\.yml:4: blueprints\.fix\.steps\[0\]\.agent\.tool: .*did you mean "codex"/);
    expect(bed.github.writes()).toEqual({});
  });

  it('says which key is missing', async () => {
    const bed = await aBed(files);
    const { code, log } = await bed.run({ inputs: { agent: 'anthropic', prompt: 'Find bugs.' } });
    expect(code).toBe(1);
    expect(log).toMatch(/::error::.*anthropic-api-key/);
  });

  it('says which input is wrong and what it may be', async () => {
    const bed = await aBed(files);
    const { code, log } = await bed.run({ inputs: { publish: 'issue' } });
    expect(code).toBe(1);
    expect(log).toMatch(/::error::Input publish: .*issues/);
  });

  it('fails when nothing looked at anything', async () => {
    const bed = await aBed(files);
    const { code, outputs, summary } = await bed.run();
    expect(code).toBe(1);
    expect(outputs.result).toBe('failed');
    expect(summary).not.toMatch(/^No findings/m);
  });

  it('names the permission that the token lacks before it looks', async () => {
    const bed = await aBed({ ...files, '.github/courier.yml': 'presets: none\nchecks: { ok: { run: "true" } }\n' });
    bed.github.fail({ operation: 'git/create-blob', status: 403, message: 'Resource not accessible by integration' });
    const { code, log } = await bed.run();
    expect(code).toBe(1);
    expect(log).toMatch(/contents: write/);
    expect(bed.github.writes()).toEqual({});
  });

  it('says that GitHub cannot be reached', async () => {
    const bed = await aBed(files);
    const nowhere = {
      url: 'http://127.0.0.1:9',
      graphqlUrl: 'http://127.0.0.1:9/graphql',
      serverUrl: 'http://127.0.0.1:9',
    };
    const { code, log } = await bed.run({ github: nowhere });
    expect(code).toBe(1);
    expect(log).toMatch(/::error::.*(reach|answer)/i);
  });

  it.each(['pull_request_target', 'workflow_run'])('refuses to run on %s', async (name) => {
    const bed = await aBed(files);
    const { code, log } = await bed.run({ event: { name } });
    expect(code).toBe(1);
    expect(log).toContain(`does not run on ${name}`);
    expect(bed.github.requests).toEqual([]);
  });

  it('is refused a session of another repository, and a file that is none', async () => {
    const bed = await aBed({ ...files, 'x/session.json': '{"version":1}' });
    const { code, log } = await bed.run({ inputs: { mode: 'publish', 'session-path': `${bed.repository.root}/x` } });
    expect(code).toBe(1);
    expect(log).toMatch(/session\.json in session-path is not a session/);
    expect(bed.github.writes()).toEqual({});
  });
});

describe.skipIf(!sandboxed)(`an agent that does not get to its end${leftOut}`, () => {
  it('fails with a clear sentence when the model refuses the key', async () => {
    const bed = await aBed(files);
    const model = await bed.model([finish]);
    const { code, log, outputs } = await bed.run(agentStep({ url: model.url, key: 'sk-wrong-key' }));
    expect(code).toBe(1);
    expect(outputs.result).toBe('failed');
    expect(log).toMatch(/::error::.*401.*anthropic-api-key/);
  });

  it('fails with a clear sentence when the model cannot be reached', async () => {
    const bed = await aBed(files);
    const { code, log, outputs } = await bed.run(agentStep({ url: 'http://127.0.0.1:9', key: 'sk-ant-key' }));
    expect(code).toBe(1);
    expect(outputs.result).toBe('failed');
    expect(log).toMatch(/::error::.*127\.0\.0\.1:9/);
  });

  it('fails when the output of the agent cannot be read', async () => {
    const bed = await aBed(files);
    const model = await bed.model([
      { toolUses: [{ name: 'bash', input: { command: 'echo "I found nothing, sorry" > $COURIER_OUT/issues.json' } }] },
      { text: 'I am done.' },
      { text: 'Really.' },
    ]);
    const { code, outputs, summary } = await bed.run(agentStep(model));
    expect(code).toBe(1);
    expect(outputs.result).toBe('failed');
    expect(summary).not.toMatch(/^No findings/m);
  });

  it('is partial, and keeps the findings, when the limit of iterations is reached', async () => {
    const bed = await aBed(files);
    const report = {
      toolUses: [
        {
          name: 'report_finding',
          input: {
            title: 'A is constant',
            description: 'It never changes.',
            evidence: [{ path: 'src/a.js', quote: 'export const a = 1;' }],
          },
        },
      ],
    };
    const model = await bed.model([report, { toolUses: [{ name: 'bash', input: { command: 'ls' } }] }, finish, finish]);
    const { code, log, outputs } = await bed.run(agentStep(model, { 'max-iterations': '2' }));
    expect(outputs).toMatchObject({ result: 'partial', findings: '1', created: '1' });
    expect(log).toMatch(/::warning::The session is only partial/);
    expect(code).toBe(0);
  });
});
