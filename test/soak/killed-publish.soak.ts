import { describe, expect, it } from 'vitest';
import { aBed, type Bed } from '../acceptance/bed.ts';
import { stateOf } from '../flows/publish-bed.ts';

type Result = { rule: string; level: 'error' | 'warning' };

const configuration = ['presets: none', 'checks:', '  lint: { run: cat lint.sarif, format: sarif }', ''].join('\n');

/** What a check reports about the files, as a tool would write it. */
function sarif(results: readonly Result[]): string {
  return JSON.stringify({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'lint', rules: [] } },
        invocations: [{ executionSuccessful: true }],
        results: results.map(({ rule, level }) => ({
          ...{ ruleId: rule, level, message: { text: `Against ${rule}` } },
          locations: [{ physicalLocation: { artifactLocation: { uri: 'src/a.js' }, region: { startLine: 1 } } }],
        })),
      },
    ],
  });
}

const warning = (rule: string): Result => ({ rule, level: 'warning' });
const first = ['updated', 'gone', 'back'].map(warning);
const second = ['updated', 'gone'].map(warning);
// One rises in severity, one is gone, one is back and two are new: something of everything to write.
const third: Result[] = [{ rule: 'updated', level: 'error' }, ...['back', 'new', 'newer'].map(warning)];

type Write = { operation: string; nth: number };

/** Repository and issues just before the publication; `restore` brings GitHub's side back to there. */
async function prepare(): Promise<{ bed: Bed; restore: () => void }> {
  const bed = await aBed({
    'src/a.js': 'export const a = 1;\n',
    'lint.sarif': sarif(first),
    '.github/courier.yml': configuration,
  });
  await bed.run();
  bed.push({ 'lint.sarif': sarif(second) });
  await bed.run();
  bed.push({ 'lint.sarif': sarif(third) });
  const state = bed.github.repository();
  const { issues, labels } = structuredClone({ issues: state.issues, labels: state.labels });
  const [refs, objects] = [new Map(state.refs), new Map(state.objects)];
  return {
    bed,
    restore: () => {
      Object.assign(state, structuredClone({ issues, labels }), { refs: new Map(refs), objects: new Map(objects) });
      bed.github.heal();
      bed.github.forget();
    },
  };
}

function writesOf(bed: Bed): Write[] {
  const seen = new Map<string, number>();
  return bed.github.requests.flatMap(({ wrote, operation }) => {
    if (!wrote || operation === 'graphql') return [];
    const nth = seen.get(operation) ?? 0;
    seen.set(operation, nth + 1);
    return [{ operation, nth }];
  });
}

describe('the bundle, killed at each write of a publication', () => {
  it('ends as if nothing had been when it is run again', async () => {
    const { bed, restore } = await prepare();
    restore();
    await bed.run();
    const writes = writesOf(bed);
    expect(writes.map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['issues/create', 'issues/update']),
    );
    await bed.run();
    const whole = stateOf(bed.github);
    for (const write of writes) {
      for (const applied of [false, true]) {
        restore();
        const name = `${write.operation} (${write.nth + 1}), killed ${applied ? 'after' : 'before'}`;
        const killed = await bed.run({
          onSpawn: (child) =>
            bed.github.fail({
              ...{ operation: write.operation, after: write.nth, applied },
              meanwhile: () => void child.kill('SIGKILL'),
            }),
        });
        expect(killed.code, name).not.toBe(0);
        bed.github.heal();
        const again = await bed.run();
        expect(again.outputs, `${name}: ${again.log}`).toMatchObject({ result: 'complete', findings: '4' });
        expect(stateOf(bed.github), name).toEqual(whole);
        expect(bed.github.violations, name).toEqual([]);
      }
    }
  }, 1_800_000);
});
