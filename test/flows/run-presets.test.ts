import { afterEach, describe, expect, it } from 'vitest';
import { realPorts } from '../checks/sample-app.ts';
import { addTest, aRunsBed, bash, deliver, finish, ignoring, type RunsBed, repair } from './runs-bed.ts';

const beds: RunsBed[] = [];
afterEach(async () => {
  for (const bed of beds.splice(0)) await bed.close();
});

/** Stands in the place of a compiler, which `npm ci` would bring. */
const compiler = `const fs = require('node:fs');
const lines = fs.readFileSync('src/kind.ts', 'utf8').split('\\n');
const wrong = lines.flatMap((line, at) => line.includes('WRONG') ? [at + 1] : []);
for (const line of wrong) console.log(\`src/kind.ts(\${line},1): error TS2322: Type is not what it was.\`);
process.exit(wrong.length ? 2 : 0);
`;
const files = {
  ...ignoring,
  'tsconfig.json': '{}\n',
  'src/kind.ts': 'export const kind = 1; // WRONG from the beginning\n',
  'src/old.js': 'export const isOld = (value) => value === NaN;\n',
  'tools/compiler.txt': compiler,
};
const install =
  'mkdir -p node_modules/typescript && cp tools/compiler.txt node_modules/typescript/tsc.js && echo \'{"bin":{"tsc":"./tsc.js"}}\' >node_modules/typescript/package.json';

const blueprint = (retries: number) =>
  `blueprints: ${JSON.stringify({ fix: { steps: [{ role: 'implementer' }, { verify: 'checks', retries }] } })}\n`;

async function aBed(work: Parameters<typeof aRunsBed>[0], config: string, retries = 0): Promise<RunsBed> {
  const { commands, tools } = realPorts;
  const bed = await aRunsBed(work, {
    files,
    config: `sandbox: { setup: ${JSON.stringify(install)} }\n${blueprint(retries)}${config}`,
    ports: { commands, tools },
  });
  beds.push(bed);
  return bed;
}

const spoil = [
  "echo 'export const isSum = (value) => value === NaN;' >>src/sum.js",
  "echo 'export const other = 2; // WRONG' >>src/kind.ts",
  "echo '// known' >>src/old.js",
].join('; ');

describe('the presets in the gate of a run', () => {
  it('send back what they find more of than before, and let through what was there', async () => {
    const undo = "sed -i '/isSum/d' src/sum.js; sed -i '/other/d' src/kind.ts";
    const work = [bash(`${repair}; ${addTest}\n${spoil}`), deliver(), finish(), bash(undo), deliver(), finish()];
    const bed = await aBed(work, 'presets: [oxlint, tsc]\n', 1);
    const outcome = await bed.run();
    expect([outcome.result, outcome.reasons]).toEqual(['complete', []]);
    const [first, second] = outcome.session.issueRun?.steps.filter(({ name }) => name === 'checks') ?? [];
    expect([first?.end, second?.end]).toEqual(['failed', 'done']);
    expect(first?.why).toMatch(/- oxlint: .*src\/sum\.js/);
    expect(first?.why).toMatch(/- tsc: Type errors in src\/kind\.ts/);
    expect(first?.why).not.toContain('old.js');
    expect(bed.notes(3)).toContain('TS2322');
    const [verified] = bed.pushed[0]?.report.verified ?? [];
    expect(verified).toMatchObject({ name: 'checks', ok: true });
    expect(verified?.after).toBe('oxlint: 1 finding\ntsc: 1 finding');
  });

  it('notice a compiler that worked before and cannot be started any more', async () => {
    const work = [bash(`${repair}; rm tools/compiler.txt`), deliver({ test: undefined }), finish()];
    const bed = await aBed(work, 'presets: [tsc]\n');
    const outcome = await bed.run();
    expect(outcome.result).toBe('failed');
    expect(outcome.session.issueRun?.steps[1]).toMatchObject({
      ...{ name: 'checks', end: 'failed' },
      why: expect.stringContaining('tsc could not be run to its end'),
    });
  });

  it('leave their place to a configured check of the same name, and are those that the configuration names', async () => {
    const work = [bash(`${repair}; ${spoil}`), deliver({ test: undefined }), finish()];
    const bed = await aBed(work, "presets: [oxlint]\nchecks: { oxlint: { run: 'true' } }\n");
    expect((await bed.run()).result).toBe('complete');
    expect(bed.pushed[0]?.report.verified[0]).toMatchObject({ name: 'checks', after: 'oxlint: 0 findings' });
  });
});
