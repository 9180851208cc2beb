import { describe, expect, it, onTestFinished } from 'vitest';
import { ended, whyNoE2bBed, write } from '../agents/programs/e2b-bed.ts';
import { done, shell, type Turns } from '../agents/programs/spoken-models.ts';
import { startE2b } from '../fakes/e2b/start-e2b.ts';
import { anAgentTool, aToolCache, filed, files, injection, type Tool } from './agent-tool-bed.ts';
import { aBed } from './bed.ts';

const timeout = 400_000;
const invented = {
  ...injection,
  title: 'Text of users is run',
  evidence: [{ path: 'src/db.js', startLine: 2, quote: 'eval(name)' }],
};
/** Who looks for the key finds it nowhere; the pattern does not find itself. */
const look = [
  'cat src/db.js; env; cat /proc/*/environ /proc/*/cmdline 2>/dev/null | tr "\\0" "\\n"',
  'grep -rIhs "sk-r[e]al" /home /tmp /etc; echo "that was a""ll"',
].join('; ');

async function aStepAtE2b(tool: Tool, turns: Turns, { rules }: { rules: boolean }) {
  const e2b = await startE2b();
  onTestFinished(e2b.close);
  const { model, inputs } = await anAgentTool(tool, turns);
  await e2b.internet({ 'generativelanguage.googleapis.com': model.url });
  await e2b.plan({ rules });
  const bed = await aBed(files);
  const step = await bed.run({
    inputs: { ...inputs, prompt: 'Find injection flaws.', sandbox: 'e2b', 'e2b-api-key': e2b.key },
    env: { E2B_API_URL: e2b.url, E2B_SANDBOX_URL: e2b.url, RUNNER_TOOL_CACHE: aToolCache() },
  });
  return { ...step, bed, model, e2b: await e2b.look() };
}

const missing = whyNoE2bBed();
const left = missing === undefined ? '' : ` (left out: ${missing})`;

describe.skipIf(missing !== undefined)(`an agent tool at E2B, in a workflow${left}`, () => {
  it('hands over in files what becomes issues once it is proven, and has no key in there', { timeout }, async () => {
    const report = (id: string, finding: object) => write('issues.json', { id, ...finding });
    const turns = [shell(look), report('r1', injection), report('r2', invented), ended, done];
    const { code, log, outputs, summary, bed, model, e2b } = await aStepAtE2b('gemini', turns, { rules: true });
    expect([code, outputs.result, outputs.created], log).toEqual([0, 'complete', '1']);
    expect(filed(bed)).toEqual([expect.stringContaining(injection.title)]);
    expect(summary).toContain(invented.title);
    const said = model.bodies().join('\n');
    expect(said).toContain('that was all');
    expect(said).toContain('select * from users where name');
    const told = log.replaceAll(`::add-mask::${model.key}`, '');
    for (const text of [said, told, summary]) expect(text).not.toContain(model.key);
    expect([model.refused(), e2b.sandboxes, e2b.violations, bed.github.violations]).toEqual([[], [], [], []]);
  });

  it('does nothing where the key would have to be inside and nobody said that it may', { timeout }, async () => {
    // The smallest of the programs: it is carried there before E2B says no.
    const { code, log, outputs, bed, model, e2b } = await aStepAtE2b('gemini', [], { rules: false });
    expect([code, outputs.result], log).toEqual([1, 'failed']);
    expect(log).toMatch(/::error::.*rules are not available for your team.*sandbox\.modelKey: inside/);
    expect([filed(bed), model.calls(), e2b.sandboxes]).toEqual([[], 0, []]);
  });
});
