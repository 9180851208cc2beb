import { describe, expect, it } from 'vitest';
import { aBed, agentStep, leftOut, sandboxed } from '../acceptance/bed.ts';

const files = { 'src/a.js': 'export const a = 1;\n', '.github/courier.yml': 'presets: none\n' };
const call = (name: string, input: object) => ({ toolUses: [{ name, input }] });
const finish = call('finish', { summary: 'done' });
const write = (file: string, expression: string) =>
  call('bash', { command: `node -e 'require("fs").writeFileSync(process.env.COURIER_OUT+"/${file}", ${expression})'` });

describe.skipIf(!sandboxed)(`an agent that writes far too much${leftOut}`, () => {
  it.each([
    [
      'ten thousand findings',
      'JSON.stringify({issues: Array.from({length: 10000}, (_, i) => ({title: "Problem " + i.toString(36).repeat(3), description: "d" + i, evidence: [{path: "src/a.js", quote: "export const a = 1;"}]}))})',
      'complete',
    ],
    [
      'a description of 48 MB',
      'JSON.stringify({issues: [{title: "Big", description: "x ".repeat(24e6)}]})',
      'complete',
    ],
    ['more than 50 MB', '"x".repeat(60e6)', 'failed'],
    ['five million brackets', '"[".repeat(5e6)', 'failed'],
    ['quotation marks and backslashes', '"\\"\\\\".repeat(1e7)', 'complete'],
    ['a million empty objects', '"[" + "{},".repeat(1e6) + "{}]"', 'complete'],
  ])('is read in a bounded time, into a bounded ledger: %s', async (_what, expression, result) => {
    const bed = await aBed(files);
    const begin = performance.now();
    const { outputs, log, summary } = await bed.run(
      agentStep(await bed.model([write('issues.json', expression), finish, finish, finish])),
    );
    expect(performance.now() - begin).toBeLessThan(60_000);
    expect(log).not.toMatch(/unexpectedly|heap/);
    expect(['complete', 'partial', 'failed']).toContain(outputs.result);
    if (result === 'failed') expect(outputs.result).toBe('failed');
    expect(Number(outputs['cost-usd'])).toBeGreaterThan(0);
    expect(Buffer.byteLength(summary)).toBeLessThan(2 ** 20);
    expect(JSON.stringify(bed.github.files('acme/shop', 'courier-ledger')).length).toBeLessThan(50_000_000);
  });
});
