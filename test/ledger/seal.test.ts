import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Finding } from '../../src/findings/finding.ts';
import { openSealed, sealText } from '../../src/ledger/seal.ts';
import { isWithheld, revealFinding, withheldTitle, withholdFinding } from '../../src/ledger/withhold.ts';
import { UserError } from '../../src/lib/errors.ts';
import { aFinding } from './builders.ts';

const key = 'correct horse battery';
const seal = { key, id: 'F-a0000001' };

describe('a sealed text', () => {
  it('opens with its key and id, and differs each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 16 }), (text, anyKey) => {
        const one = sealText(text, { ...seal, key: anyKey });
        expect(openSealed(one, { ...seal, key: anyKey })).toBe(text);
        expect(sealText(text, { ...seal, key: anyKey })).not.toBe(one);
      }),
      { numRuns: 50 },
    );
  });

  it('opens neither with another key, nor as another finding, nor altered', () => {
    const text = sealText('the password is hunter2', seal);
    expect(text).not.toContain('hunter2');
    expect(openSealed(text, { ...seal, key: 'another key of length' })).toBeUndefined();
    expect(openSealed(text, { ...seal, id: 'F-a0000002' })).toBeUndefined();
    for (let index = 0; index < text.length; index++) {
      const altered = text.slice(0, index) + (text[index] === 'A' ? 'B' : 'A') + text.slice(index + 1);
      // The last character of base64url may hold unused bits.
      if (index < text.length - 1) expect(openSealed(altered, seal), `at ${index}`).toBeUndefined();
    }
    for (const odd of ['', 'v1..', 'v1.AAAAAAAAAAAAAAAA.AA', `v2${text.slice(2)}`, `${text}.`, text.slice(0, -8)])
      expect(openSealed(odd, seal)).toBeUndefined();
  });

  it('needs a key worth the name', () => {
    expect(() => sealText('x', { ...seal, key: 'fifteen letters' })).toThrow(UserError);
    expect(() => sealText('x', { ...seal, key: 'fifteen letters' })).toThrow('has 15 characters; it needs at least 16');
    expect(() => openSealed('v1..', { ...seal, key: '' })).toThrow(UserError);
  });
});

describe('a withheld finding', () => {
  const finding = aFinding({
    ...{
      cwe: 'CWE-798',
      reproduce: { command: 'cat src/login.ts' },
      expected: 'no secret',
      actual: 'a secret hunter2',
    },
    ...{ suggestedPrompt: 'Remove hunter2.', location: { path: 'src/login.ts', symbol: 'login' } },
    origin: { kind: 'check', name: 'secretlint', rule: 'hunter2-rule' },
    resolution: { at: '2026-11-21T10:00:00Z', proof: 'src/login.ts has no hunter2 any more' },
    anchors: [{ path: 'abcdef0123456789', line: '0123456789abcdef' }],
  });

  it.each([undefined, key])('tells neither what nor where it is (key %s)', (given) => {
    // Any three letters may stand somewhere in what is sealed.
    const { sealed, ...open } = withholdFinding(finding, given);
    const text = JSON.stringify(open);
    for (const detail of ['hunter2', 'login', 'CWE', 'password', 'Rotate', 'abcdef'])
      expect(text).not.toContain(detail);
  });

  it('keeps what it is counted and recognised by, and is still a finding', () => {
    const withheld = withholdFinding(finding, key);
    const { id, state, severity, category, fingerprints, occurrences, lastSeen } = finding;
    expect(withheld).toMatchObject({ id, state, severity, category, fingerprints, occurrences, lastSeen });
    expect(withheld.title).toBe(withheldTitle);
    expect(Finding.parse(withheld)).toEqual(withheld);
    expect(isWithheld(withheld)).toBe(true);
    expect(isWithheld(finding)).toBe(false);
  });

  it('comes back whole with the key', () => {
    expect(revealFinding(withholdFinding(finding, key), key)).toEqual(finding);
    expect(revealFinding(aFinding(), key)).toEqual(aFinding());
  });

  it('comes back with what was decided since', () => {
    const { resolution, ...withheld } = withholdFinding(finding, key);
    const reopened = revealFinding({ ...withheld, state: 'open', occurrences: 9, severity: 3 }, key);
    expect(reopened).toMatchObject({ state: 'open', occurrences: 9, severity: 3, title: finding.title });
    expect(resolution).toBeDefined();
    expect(reopened.resolution).toBeUndefined();
  });

  it('does not come back with another key', () => {
    const withheld = withholdFinding(finding, key);
    expect(() => revealFinding(withheld, 'another key of length')).toThrow(UserError);
    expect(() => revealFinding({ ...withheld, id: 'F-a0000009' }, key)).toThrow('do not open');
  });

  it('keeps its seal when it is withheld again without its details', () => {
    const withheld = withholdFinding(finding, key);
    expect(withholdFinding(withheld, key)).toBe(withheld);
    expect(withholdFinding(withheld)).toBe(withheld);
    expect(withholdFinding({ ...withheld, anchors: finding.anchors }, key)).toEqual(withheld);
  });

  it('keeps what came of looking for it, and not what showed that', () => {
    const evidence = [{ path: 'src/secret-place.js', quote: 'bound(secret)' }];
    const looked = {
      ...finding,
      state: 'resolved' as const,
      resolution: { at: '2026-11-22T10:00:00Z', proof: 'Gone from src/secret-place.js.', evidence },
      lastCheck: {
        ...{ at: '2026-11-22T10:00:00Z', session: 'S9', proof: 'Gone from src/secret-place.js.' },
        ...{ verdict: 'gone' as const, by: 'agent' as const },
      },
    };
    const { resolution, lastCheck } = looked;
    for (const withheld of [
      withholdFinding(looked),
      withholdFinding({ ...withholdFinding(finding), resolution, lastCheck }),
    ]) {
      expect(JSON.stringify(withheld)).not.toMatch(/secret-place|bound/);
      expect(withheld).toMatchObject({
        resolution: { at: resolution.at },
        lastCheck: { verdict: 'gone', session: 'S9' },
      });
    }
    const sealed = withholdFinding(looked, key);
    expect(revealFinding(sealed, key).resolution).toEqual(resolution);
  });
});
