import { describe, expect, it } from 'vitest';
import { renderSummary } from '../../src/reports/summary.ts';
import { aFinding, aReport, aSession } from './builders.ts';
import { aFullReport } from './sample.ts';

const same = (text: string) => text;
const plain = { inline: same, cell: same, codeSpan: same };
const mark = (text: string) => `‹${text}›`;
const marking = { inline: mark, cell: mark, codeSpan: mark };

describe('the job summary', () => {
  it('shows result, counts, findings, questions, assumptions, cost, iterations, rejections and what could not be determined', () => {
    const text = renderSummary(aFullReport(), { gate: plain });
    for (const expected of [
      'Result: partial.',
      '3 new, 3 known, 2 resolved, 1 reopened, 23 held back',
      '| critical | security | [config/storage.js:3 (+1 more)](https://github.com/acme/shop/blob/',
      '[#41](https://github.com/acme/shop/issues/41)',
      '**Q1** Is `/internal/metrics` reachable from outside? (Yes / No)',
      '**A1** Requests reach the service through a proxy',
      '| Cost | $1.24 |',
      '40 iterations of at most 40',
      'Missing rate limit on /login: None of its quotes is in the repository at this commit.',
      '- npm-audit: The registry did not answer within 30 s.',
      '23 held back (ast-grep 23 of no-console, empty-catch).',
    ]) {
      expect(text).toContain(expected);
    }
  });

  it('says how many findings are withheld, and nothing else of them', () => {
    expect(renderSummary(aReport({ withheld: 3 }), { gate: plain })).toContain('3 security findings are withheld');
  });

  it('lets no text of others pass without the gate', () => {
    const secret = 'UNTRUSTED';
    const session = aSession({
      displayName: secret,
      reasons: [secret],
      rejected: [{ title: secret, reason: secret }],
      questions: [
        {
          id: secret,
          question: secret,
          options: [{ label: secret }],
          multiSelect: false,
          allowOther: true,
          blocking: false,
          findings: [],
        },
      ],
      assumptions: [{ id: secret, text: secret, basis: secret, findings: [] }],
      id: secret,
    });
    const findings = [aFinding({ title: secret, location: { path: secret, startLine: 1 }, evidence: [] })];
    const checks = [
      {
        check: secret,
        state: 'undetermined' as const,
        findings: 0,
        held: 1,
        durationMs: 1,
        reason: secret,
        heldRules: [secret],
      },
    ];
    const repository = { ...aReport().repository, url: undefined, commit: secret };
    const counts = { ...aReport().counts, held: 1 };
    const text = renderSummary(aReport({ session, findings, checks, repository, counts }), {
      gate: marking,
    });
    expect(text.replace(/‹[^›]*›/g, '')).not.toContain(secret);
    expect(text).toContain(secret);
  });

  it('keeps what the gate lets through in its cell', () => {
    const findings = [aFinding({ title: 'a | b \\| c' })];
    const row = renderSummary(aReport({ findings }), { gate: plain })
      .split('\n')
      .find((line) => line.startsWith('| high'));
    expect(row).toContain('| a \\| b \\| c |');
  });

  it('fits its limit, keeps the result and says how much is left out', () => {
    const findings = Array.from({ length: 3000 }, () => aFinding({ title: 'ü'.repeat(300) }));
    for (const limitBytes of [2 ** 20, 50_000, 2_000]) {
      const text = renderSummary(aReport({ findings }), { gate: plain, limitBytes });
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limitBytes);
      expect(text).toContain('**3000 findings: 3000 high**');
      expect(text).toMatch(/\d+ further findings in the report\./);
    }
    const cut = renderSummary(aReport({ findings, session: aSession({ displayName: 'ü'.repeat(400) }) }), {
      gate: plain,
      limitBytes: 101,
    });
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(101);
    expect(cut).not.toContain('\ufffd');
  });
});
