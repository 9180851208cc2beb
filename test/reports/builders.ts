import { readFileSync } from 'node:fs';
import type { Finding } from '../../src/findings/finding.ts';
import { placesByPath, toExcerpts } from '../../src/reports/excerpt.ts';
import type { Report, ReportedCheck } from '../../src/reports/report.ts';
import type { Session } from '../../src/sessions/session.ts';

const commit = '3f1c9a7e2b4d5f60718293a4b5c6d7e8f9012345';

/** Texts that try to break out of what they are shown in, by what they attack. */
export const hostile: Readonly<Record<'terminal' | 'markdown' | 'rightToLeft' | 'script' | 'path', string>> =
  JSON.parse(readFileSync(new URL('../fixtures/reports/hostile.json', import.meta.url), 'utf8'));

let last = 0;

/** A finding of an agent's scan at `src/db.js:3`; every call has an id of its own. */
export function aFinding(change: Partial<Finding> = {}): Finding {
  last += 1;
  return {
    version: 1,
    id: `F-${String(last).padStart(8, '0')}`,
    state: 'open',
    title: 'SQL is built from the request',
    description: 'The `id` of the request becomes part of the statement.',
    severity: 2,
    category: 'security',
    location: { path: 'src/db.js', startLine: 3 },
    evidence: [{ path: 'src/db.js', startLine: 3, quote: "db.query('select ' + id)" }],
    nextSteps: ['Use a placeholder.'],
    origin: { kind: 'agent', name: 'security' },
    verified: 'quoted',
    fingerprints: [`fingerprint-${last}`],
    firstSeen: { session: 'S-1', at: '2026-11-01T09:00:00Z', commit },
    lastSeen: { session: 'S-2', at: '2026-11-20T10:00:00Z', commit },
    occurrences: 2,
    anchors: [],
    missed: 0,
    history: [],
    possiblySame: [],
    ...change,
  };
}

/** A finding of a check, at every given line of `src/app.js`. */
export function aCheckFinding(lines: readonly number[], change: Partial<Finding> = {}): Finding {
  return aFinding({
    title: 'eval runs text as code',
    description: 'Text that becomes code can do anything.',
    origin: { kind: 'check', name: 'oxlint', rule: 'no-eval' },
    location: { path: 'src/app.js', startLine: lines[0] ?? 1 },
    evidence: lines.map((startLine) => ({ path: 'src/app.js', startLine, quote: `eval(${startLine})` })),
    ...change,
  });
}

export function aSession(change: Partial<Session> = {}): Session {
  return {
    version: 1,
    id: 'S-20261120-abcd',
    kind: 'scan',
    displayName: 'Scan of acme/shop',
    trigger: 'command line',
    repository: 'acme/shop',
    commit,
    phase: 'completed',
    result: 'complete',
    reasons: [],
    startedAt: '2026-11-20T10:00:00Z',
    endedAt: '2026-11-20T10:02:05Z',
    agents: [],
    checks: [],
    usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
    raised: [],
    updated: [],
    resolved: [],
    reopened: [],
    rejected: [],
    notes: [],
    verdicts: [],
    questions: [],
    answers: [],
    assumptions: [],
    ...{ resumedAt: [], priorSessions: [], citedFindings: [], ratings: [], archived: false },
    ...{ currentIteration: 0, maxIterations: 0 },
    ...change,
  };
}

export function aCheck(change: Partial<ReportedCheck> = {}): ReportedCheck {
  return { check: 'oxlint', state: 'clean', findings: 0, held: 0, durationMs: 1_200, ...change };
}

/** A complete scan with one clean check; what is not given is empty. */
export function aReport(change: Partial<Report> = {}): Report {
  return {
    courierVersion: '0.1.0',
    session: aSession(),
    repository: { name: 'acme/shop', commit, branch: 'main', dirty: false, url: 'https://github.com/acme/shop' },
    findings: [],
    counts: { new: 0, known: 0, resolved: 0, reopened: 0, held: 0 },
    checks: [aCheck()],
    withheld: 0,
    excerpts: [],
    generatedAt: '2026-11-20T10:02:06Z',
    ...change,
  };
}

/** The excerpts of the findings from the given files. */
export function excerptsOf(findings: readonly Finding[], files: Readonly<Record<string, string>>): Report['excerpts'] {
  return [...placesByPath(findings)].flatMap(([path, places]) => toExcerpts({ path, text: files[path] ?? '' }, places));
}
