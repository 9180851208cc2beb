import { describe, expect, it } from 'vitest';
import { extractFindings } from '../../src/findings/extract/extract-findings.ts';

const id = 'F-abcd2345';
const evidence = [{ path: 'src/a.ts', startLine: 3, quote: 'safe(name);' }];
const said = { known: id, verdict: 'fixed', evidence, reason: 'It is bound.' };

describe('a verdict on a known finding', () => {
  it.each<[string, string]>([
    ['a line of its own', JSON.stringify(said)],
    ['a line beside a finding', `{"id":"r1","title":"A","description":"b"}\n${JSON.stringify(said)}\n`],
    ['a line before the empty list', `${JSON.stringify(said)}\n{"issues":[]}\n`],
    ['an element of the list', JSON.stringify({ issues: [said] })],
    ['an element beside findings', JSON.stringify({ findings: [{ title: 'A', description: 'b' }, said] })],
    ['a bare list', JSON.stringify([said])],
    ['a list under its own name', JSON.stringify({ issues: [], verdicts: [said] })],
    ['a list of nothing else', JSON.stringify({ verdicts: [said] })],
    ['fenced, with prose around', `I looked.\n\n\`\`\`json\n${JSON.stringify([said], null, 2)}\n\`\`\`\nDone.`],
    [
      'malformed',
      `{issues: [{known: '${id}', verdict: 'fixed', evidence: [{path: 'src/a.ts', startLine: 3, quote: 'safe(name);'}], reason: 'It is bound.',},]}`,
    ],
  ])('is read from %s', (_form, text) => {
    const { outcome, verdicts, rejected, issues } = extractFindings(text);
    expect({ outcome, verdicts, rejected }).toEqual({
      outcome: 'complete',
      verdicts: [{ known: id, verdict: 'fixed', evidence, reason: 'It is bound.' }],
      rejected: [],
    });
    expect(issues.map(({ title }) => title)).toEqual(text.includes('"A"') ? ['A'] : []);
  });

  it.each<[object, string]>([
    [{ id, status: 'resolved' }, 'fixed'],
    [{ finding_id: id, verdict: 'Still Present' }, 'present'],
    [{ finding: id, state: 'still_open' }, 'present'],
    [{ known: 'f-ABCD2345', verdict: 'NOT_FIXED' }, 'present'],
    [{ known: id, fixed: true }, 'fixed'],
    [{ known: id, still_present: false }, 'fixed'],
    [{ known: id, verdict: 'inconclusive' }, 'unsure'],
    [{ known: id, verdict: 'partly, I think' }, 'unsure'],
    [{ known: id, title: 'Old title', description: 'text', verdict: 'fixed' }, 'fixed'],
  ])('is understood in other words: %j', (element, verdict) => {
    const { outcome, issues, verdicts } = extractFindings(JSON.stringify({ issues: [element] }));
    expect({ outcome, issues }).toEqual({ outcome: 'complete', issues: [] });
    expect(verdicts).toMatchObject([{ known: id, verdict }]);
  });

  it.each([
    { known: id, title: 'A', description: 'It is there.', verdict: 'present' },
    { known: id, title: 'A', description: 'It is there.', status: 'open' },
    { title: 'A', description: 'b', status: 'fixed' },
    { id: 'F-1', title: 'A', description: 'b', resolution: 'fixed' },
  ])('is none where a finding is described: %j', (element) => {
    const { issues, verdicts } = extractFindings(JSON.stringify({ issues: [element] }));
    expect(issues).toHaveLength(1);
    expect(verdicts).toEqual([]);
  });

  it('is rejected where it names nothing known, and the rest is whole all the same', () => {
    const { outcome, verdicts, rejected } = extractFindings(
      '{"issues":[{"title":"A","description":"b"},{"known":"F-1","verdict":"fixed"}]}',
    );
    expect({ outcome, verdicts }).toEqual({ outcome: 'complete', verdicts: [] });
    expect(rejected[0]?.reason).toMatch(/names no known finding/);
  });

  it('of a cut list does not make it complete', () => {
    const whole = JSON.stringify({ issues: [said, { ...said, known: 'F-abcd2346' }] });
    const { outcome, verdicts } = extractFindings(whole.slice(0, -20));
    expect(outcome).toBe('incomplete');
    expect(verdicts.map(({ known }) => known)).toContain(id);
  });
});
