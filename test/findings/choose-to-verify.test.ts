import { describe, expect, it } from 'vitest';
import { chooseToVerify } from '../../src/findings/choose-to-verify.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { aKnown } from './builders.ts';

const quote = 'db.query("select " + name)';
const files: Readonly<Record<string, string>> = { 'src/db.js': `${quote};\n`, 'src/new.js': 'other();\n' };
const scanned = {
  files: new Set(Object.keys(files)),
  readText: async (path: string) => files[path],
  renames: [['src/old.js', 'src/new.js'] as const],
};
const paths: readonly string[] = [];
const security = { scan: { name: 'security', paths }, running: ['security'] };

const at = (path: string) => ({ location: { path }, evidence: [{ path, quote }] });
const chosen = async (known: readonly Finding[], over: Partial<typeof security> = {}) =>
  (await chooseToVerify(known, { ...security, ...over }, scanned)).map(({ id }) => id);

const checkedAt = (day: string): Partial<Finding> => ({
  lastCheck: { at: `2026-11-${day}T10:00:00Z`, session: 'S1', verdict: 'inconclusive', by: 'agent', proof: '' },
});

describe('the findings that an agent is asked about', () => {
  it.each<[string, Finding, boolean]>([
    ['one that was missed', aKnown({ missed: 1 }), true],
    ['one that nobody missed and whose code stands', aKnown(), false],
    ['one whose code changed', aKnown(at('src/new.js')), true],
    ['one whose file was renamed and whose code changed', aKnown(at('src/old.js')), true],
    ['one whose file is gone', aKnown(at('src/gone.js')), true],
    ['one that is resolved', aKnown({ missed: 1, state: 'resolved' }), false],
    ['one that is ignored', aKnown({ missed: 1, state: 'ignored' }), false],
    ['one that is investigated', aKnown({ missed: 1, state: 'investigated' }), true],
    ['one that is withheld', aKnown({ missed: 1, description: '' }), false],
    ['one that a check raised', aKnown({ missed: 1 }, { origin: { kind: 'check', name: 'lint' } }), false],
    ['one of another scan that runs too', aKnown({ missed: 1 }, { origin: { kind: 'agent', name: 'bugs' } }), false],
    ['one of a scan that is no more', aKnown({ missed: 1 }, { origin: { kind: 'agent', name: 'old' } }), true],
  ])('%s: %#', async (_which, finding, isAsked) => {
    expect(await chosen([finding], { running: ['security', 'bugs'] })).toEqual(isAsked ? [finding.id] : []);
  });

  it('lie in the paths of the scan, under their present names', async () => {
    const known = [aKnown({ id: 'F-0000000a', ...at('src/old.js') }), aKnown({ id: 'F-0000000b', missed: 1 })];
    expect(await chosen(known, { scan: { name: 'security', paths: ['src/new.js'] } })).toEqual(['F-0000000a']);
  });

  it('are those first that nobody looked for the longest', async () => {
    const known = [
      aKnown({ id: 'F-0000000a', missed: 1, ...checkedAt('20') }),
      aKnown({ id: 'F-0000000b', missed: 9, ...checkedAt('21') }),
      aKnown({ id: 'F-0000000c', missed: 1 }),
    ];
    expect(await chosen(known)).toEqual(['F-0000000c', 'F-0000000a', 'F-0000000b']);
  });

  it('are twenty at most', async () => {
    const known = Array.from({ length: 30 }, (_, index) => aKnown({ id: `F-000000${10 + index}`, missed: 1 }));
    expect(await chosen(known)).toHaveLength(20);
  });
});
