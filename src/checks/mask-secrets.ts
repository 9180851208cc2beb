import type { Evidence } from '../findings/finding.ts';
import type { CheckFinding, CheckOutcome } from './check.ts';

/** Quotes without the given texts (literals with their quotation marks, or bare values): `***` stands in their place. */
export function maskFindings(findings: readonly CheckFinding[], secrets: readonly string[]): CheckFinding[] {
  const values = secrets.map((text) => text.replace(/^(["'`])([\s\S]*)\1$/, '$2')).filter((value) => value.length > 3);
  return withEvidence(findings, (evidence) => {
    const quote = values.reduce((text, value) => text.replaceAll(value, '***'), evidence.quote);
    return quote === evidence.quote ? evidence : { ...evidence, quote, masked: true };
  });
}

/** Where one check masked a line, no other check quotes it as it is. */
export function maskSharedLines(outcomes: readonly CheckOutcome[]): CheckOutcome[] {
  const masked = new Map<string, Evidence>();
  for (const { evidence } of outcomes.flatMap(candidatesOf)) {
    for (const item of evidence) if (item.masked) masked.set(`${item.path}:${item.startLine}`, item);
  }
  if (masked.size === 0) return [...outcomes];
  return outcomes.map((outcome) =>
    'findings' in outcome
      ? { ...outcome, findings: withEvidence(outcome.findings, (evidence) => replaceLines(evidence, masked)) }
      : outcome,
  );
}

function candidatesOf(outcome: CheckOutcome) {
  return 'findings' in outcome ? outcome.findings.map(({ candidate }) => candidate) : [];
}

function withEvidence(findings: readonly CheckFinding[], change: (evidence: Evidence) => Evidence): CheckFinding[] {
  return findings.map(({ rule, candidate }) => ({
    rule,
    candidate: { ...candidate, evidence: candidate.evidence.map(change) },
  }));
}

function replaceLines(evidence: Evidence, masked: ReadonlyMap<string, Evidence>): Evidence {
  const { path, startLine } = evidence;
  if (evidence.masked || startLine === undefined) return evidence;
  const lines = evidence.quote
    .split('\n')
    .map((line, index) => masked.get(`${path}:${startLine + index}`)?.quote ?? line);
  const quote = lines.join('\n');
  return quote === evidence.quote ? evidence : { ...evidence, quote, masked: true };
}
