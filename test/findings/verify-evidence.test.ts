import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findQuote, indexForQuotes } from '../../src/findings/find-quote.ts';
import { verifyEvidence } from '../../src/findings/verify-evidence.ts';
import { computingMsOf } from '../computing-time.ts';
import { aCandidate } from './builders.ts';

const file = [
  'import db from "./db";',
  '',
  'export function find(name) {',
  '  return db.query("select " + name);',
  '}',
  '',
].join('\n');
const readText = async (path: string) => (path === 'src/db.js' ? file : undefined);
const quoting = (quote: string, startLine?: number) =>
  aCandidate({
    location: { path: 'src/db.js', ...(startLine ? { startLine } : {}) },
    evidence: [{ path: 'src/db.js', quote, ...(startLine ? { startLine } : {}) }],
  });

describe('proof by quotes', () => {
  it('moves lines to where the quoted code stands, and takes the file’s own text', async () => {
    const proof = await verifyEvidence(quoting('return   db.query( "select " + name );', 90), readText);
    expect(proof).toMatchObject({
      verified: 'quoted',
      failed: [],
      candidate: {
        location: { path: 'src/db.js', startLine: 4, endLine: 4 },
        evidence: [{ startLine: 4, endLine: 4, quote: '  return db.query("select " + name);' }],
      },
    });
  });

  it('rejects a finding whose quotes are nowhere', async () => {
    expect(await verifyEvidence(quoting('eval(request.body)'), readText)).toEqual({
      fabricated: 'What it quotes is not in src/db.js at the scanned commit.',
    });
  });

  it('takes a quote that stands in every file for no proof, and for no forgery', async () => {
    expect(await verifyEvidence(quoting('}'), readText)).toMatchObject({
      verified: 'none',
      candidate: { evidence: [] },
    });
  });

  it('shows no more of the file than was quoted where the quote leaves lines out', async () => {
    const gapped = 'import db from "./db";\n…\n  return db.query("select " + name);';
    expect(await verifyEvidence(quoting(gapped), readText)).toMatchObject({
      candidate: { evidence: [{ startLine: 1, endLine: 4, quote: gapped }] },
    });
  });

  it('keeps a finding with one quote that holds, and says which did not', async () => {
    const evidence = [
      { path: 'src/db.js', quote: 'eval(x)' },
      { path: 'src/db.js', quote: 'export function find(name)' },
    ];
    const proof = await verifyEvidence(aCandidate({ evidence }), readText);
    expect(proof).toMatchObject({ verified: 'quoted', failed: [{ quote: 'eval(x)' }] });
  });

  it('rejects a finding about a file that is not there, and leaves one without quotes unverified', async () => {
    const gone = aCandidate({ location: { path: 'src/gone.js' }, evidence: [] });
    expect(await verifyEvidence(gone, readText)).toHaveProperty('fabricated');
    const bare = aCandidate({ location: { path: 'src/db.js', startLine: 4 }, evidence: [] });
    expect(await verifyEvidence(bare, readText)).toMatchObject({
      verified: 'none',
      candidate: { location: { startLine: 4 } },
    });
  });

  it('drops claimed lines that the file does not have', async () => {
    const proof = await verifyEvidence(
      aCandidate({ location: { path: 'src/db.js', startLine: 4000 }, evidence: [] }),
      readText,
    );
    expect(proof).toMatchObject({ candidate: { location: { path: 'src/db.js' } } });
    expect('candidate' in proof && proof.candidate.location).not.toHaveProperty('startLine');
  });
});

describe('looking a quote up', () => {
  const index = indexForQuotes(file);

  it.each([
    ['with lines left out', 'export function find(name) {\n...\n}', { startLine: 3, endLine: 5 }],
    ['with a comment for what is left out', 'export function find(name) {\n  // ...\n}', { startLine: 3, endLine: 5 }],
    [
      'with the line numbers of a listing',
      '3: export function find(name) {\n4:   return db.query("select " + name);',
      { startLine: 3, endLine: 4 },
    ],
    [
      'over line breaks of another system',
      'export function find(name) {\r\n  return db.query("select " + name);',
      { startLine: 3, endLine: 4 },
    ],
  ])('finds it %s', (_how, quote, place) => {
    expect(findQuote(index, quote, undefined)).toEqual(place);
  });

  it('takes the occurrence nearest to the claimed line', () => {
    const twice = indexForQuotes(['catch (e) {}', 'a()', 'b()', 'c()', 'catch (e) {}'].join('\n'));
    expect(findQuote(twice, 'catch (e) {}', 5)?.startLine).toBe(5);
    expect(findQuote(twice, 'catch (e) {}', 2)?.startLine).toBe(1);
  });

  it('finds what repeats itself as an ordinary search would', () => {
    const repetitive = (min: number, max: number) =>
      fc.string({ unit: fc.constantFrom('a', 'b'), minLength: min, maxLength: max });
    fc.assert(
      fc.property(repetitive(4, 40), repetitive(4, 6), (text, quote) => {
        expect(findQuote(indexForQuotes(text), quote, 1) !== undefined).toBe(text.includes(quote));
      }),
    );
  });

  it('takes linear time for a quote and a file made to be slow', () => {
    const slow = indexForQuotes('a'.repeat(2_000_000));
    const quote = `${'a'.repeat(4000)}b${'a'.repeat(3999)}`;
    expect(computingMsOf(() => expect(findQuote(slow, quote, 1)).toBeUndefined())).toBeLessThan(30_000);
  });

  it('takes nothing too short for proof', () => {
    expect(findQuote(index, '}', 5)).toBeUndefined();
    expect(findQuote(index, '\n \n', 2)).toBeUndefined();
    expect(findQuote(index, '...\n…', 2)).toBeUndefined();
  });

  it('finds every run of lines of any file at its own place', () => {
    const line = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), fc.nat(11), fc.nat(3), (lines, from, more) => {
        const chosen = lines.slice(from, from + more + 1).join('\n');
        fc.pre(chosen.replace(/\s/g, '').length >= 4 && !/\.{3}|…/.test(chosen));
        const place = findQuote(indexForQuotes(lines.join('\n')), chosen, from + 1);
        expect(place).toBeDefined();
      }),
    );
  });
});
