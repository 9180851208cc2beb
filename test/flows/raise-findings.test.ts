import { describe, expect, it } from 'vitest';
import { extractFindings } from '../../src/findings/extract/extract-findings.ts';
import type { Evidence } from '../../src/findings/finding.ts';
import { scopesByIndentation } from '../../src/findings/scopes-by-indentation.ts';
import { type Claim, raiseFindings, toClaims } from '../../src/flows/raise-findings.ts';
import { aCandidate } from '../findings/builders.ts';

const manyOf = (issue: (at: number) => object, count: number) =>
  JSON.stringify({ issues: Array.from({ length: count }, (_, at) => issue(at)) });
const claimsIn = (text: string) => toClaims(extractFindings(text), { kind: 'agent', name: 'scan' }, '/home/user/repo');

it('takes a thousand findings of a scan and counts the others', () => {
  const text = manyOf((at) => ({ title: `Problem ${at}`, description: 'It is wrong.' }), 1500);
  const { claims, rejected } = claimsIn(text);
  expect(claims).toHaveLength(1000);
  expect(rejected).toEqual([{ title: '500 further findings', reason: 'One scan may hand over 1000.' }]);
});

it('lists two hundred rejected ones and counts the others', () => {
  const { claims, rejected } = claimsIn(manyOf((at) => ({ title: `Problem ${at}` }), 50_000));
  expect(claims).toEqual([]);
  expect(rejected).toHaveLength(201);
  expect(rejected.at(-1)?.title).toBe('49800 further rejected findings');
});

describe('anchors', () => {
  const config = "const user = 'root';\nexport const password = 'hunter2';\nconnect(user, password);\n";
  const raise = async (claims: readonly Claim[], text = config) => {
    const files = { 'src/config.js': text };
    const { raised } = await raiseFindings(claims, {
      readText: async (path) => (path === 'src/config.js' ? files[path] : undefined),
      findScopes: async (_path, given) => scopesByIndentation(given),
      clean: (line) => line.replaceAll('sk-secret', '***'),
    });
    return raised.map(({ anchor }) => anchor);
  };
  const quoting = (quote: string, startLine: number, over: Partial<Evidence> = {}): Claim => ({
    candidate: aCandidate({
      location: { path: 'src/config.js', startLine },
      evidence: [{ path: 'src/config.js', startLine, quote, ...over }],
    }),
    origin: { kind: 'agent', name: 'security' },
  });
  const byCheck = (claim: Claim): Claim => ({
    ...claim,
    origin: { kind: 'check', name: 'secretlint', rule: 'password' },
  });

  it('are made of where the quoted code stands, not of the line that was claimed', async () => {
    const [right] = await raise([quoting('connect(user, password);', 3)]);
    expect(right?.line).toMatch(/^[0-9a-f]{16}$/);
    expect(await raise([quoting('connect( user,password );', 1)])).toEqual([right]);
  });

  it('are given to the findings of checks, and to none whose file cannot be read', async () => {
    const gone = {
      ...quoting('x', 1),
      candidate: aCandidate({ location: { path: 'gone.js', startLine: 1 }, evidence: [] }),
    };
    const [there, missing] = await raise([byCheck(quoting('connect(user, password);', 3)), byCheck(gone)]);
    expect(there).toBeDefined();
    expect(missing).toBeUndefined();
  });

  it('hold no digest of what a check masked, also in the blocks of other findings', async () => {
    const masked = byCheck(quoting("export const password = '***';", 2, { masked: true }));
    const other = quoting('connect(user, password);', 3);
    const anchors = await raise([other, masked]);
    expect(anchors).toHaveLength(2);
    expect(await raise([other, masked], config.replace('hunter2', 'swordfish'))).toEqual(anchors);
  });

  it('hold no digest of a secret that the gate takes out of texts', async () => {
    const [one] = await raise([quoting('connect(user, password);', 3)], config.replace('hunter2', 'sk-secret'));
    const [other] = await raise([quoting('connect(user, password);', 3)], config.replace('hunter2', '***'));
    expect(one).toEqual(other);
  });
});
