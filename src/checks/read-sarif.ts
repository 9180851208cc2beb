import { oneLine, truncate } from '../lib/text.ts';
import type { Level, RawResult } from './raw-result.ts';
import { toResultPath } from './sarif-path.ts';
import { SarifLog, type SarifResult, type SarifRule, type SarifRun } from './sarif-schema.ts';

export type SarifReading = { tool: string | undefined; version: string | undefined; results: RawResult[] };

/**
 * Reads a SARIF 2.1.0 log of any tool. `root` is the absolute folder that the tool looked at.
 *
 * What the log itself declares as no problem is left out: suppressed results, `pass`, `notApplicable`, results of an older baseline.
 * A log that does not say what the tool found (no JSON, no runs, no results, a run that failed) is unreadable, with the reason: it is
 * never an empty list.
 */
export function readSarif(text: string, { root }: { root: string }): SarifReading | { unreadable: string } {
  const log = parseLog(text);
  if ('unreadable' in log) return log;
  const results: RawResult[] = [];
  for (const run of log.runs) {
    const broken = whyUnreadable(run);
    if (broken) return { unreadable: broken };
    for (const result of run.results ?? []) if (isProblem(result)) results.push(toRawResult(result, run, root));
  }
  const driver = log.runs[0]?.tool.driver;
  return { tool: driver?.name, version: driver?.semanticVersion ?? driver?.version, results };
}

function parseLog(text: string): { runs: SarifRun[] } | { unreadable: string } {
  const json = text.replace(/^\uFEFF/, '').trim();
  if (json === '') return { unreadable: 'the output is empty' };
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return { unreadable: 'the output is not JSON' };
  }
  const log = SarifLog.safeParse(parsed);
  if (log.success) return { runs: log.data.runs };
  const issue = log.error.issues[0];
  return { unreadable: `the output is not SARIF 2.1.0 (at ${issue?.path.join('.') || 'its root'})` };
}

function whyUnreadable(run: SarifRun): string | undefined {
  const tool = run.tool.driver.name ?? 'the tool';
  const failed = run.invocations?.find((invocation) => invocation.executionSuccessful === false);
  if (failed) {
    const notice = failed.toolExecutionNotifications?.find((notification) => notification.level === 'error');
    const why = notice?.message?.text ?? failed.exitCodeDescription;
    return `${tool} says that it failed${why ? `: ${truncate(oneLine(why), 300)}` : ''}`;
  }
  if (!run.results) return `${tool} reported no list of results, not even an empty one`;
  return undefined;
}

function isProblem({ kind, suppressions, baselineState }: SarifResult): boolean {
  if (kind === 'pass' || kind === 'notApplicable' || baselineState === 'absent') return false;
  if (!suppressions || suppressions.length === 0) return true;
  return suppressions.some(({ status }) => status === 'underReview' || status === 'rejected');
}

function toRawResult(result: SarifResult, run: SarifRun, root: string): RawResult {
  const rule = findRule(result, run);
  const id = rule?.id ?? result.ruleId ?? result.rule?.id ?? 'unnamed';
  const title = rule?.shortDescription?.text;
  return {
    rule: id,
    ruleName: title ?? rule?.name ?? id,
    level: levelOf(result, rule),
    message: messageOf(result, run, rule) || title || id,
    tags: [...(rule?.properties?.tags ?? []), ...(result.properties?.tags ?? [])],
    ...placeOf(result, run, root),
    ...adviceOf(rule),
    ...ratingOf(result, rule),
  };
}

function placeOf(result: SarifResult, run: SarifRun, root: string) {
  const place = result.locations?.[0]?.physicalLocation;
  const path = place?.artifactLocation && toResultPath(place.artifactLocation, run, root);
  if (path === undefined) return {};
  const snippet = place?.region?.snippet?.text;
  return { path, ...linesOf(place?.region), ...(snippet ? { snippet } : {}) };
}

function adviceOf(rule: SarifRule | undefined) {
  const help = rule?.help?.text ?? rule?.fullDescription?.text;
  return { ...(rule?.helpUri ? { helpUri: rule.helpUri } : {}), ...(help ? { help } : {}) };
}

function ratingOf(result: SarifResult, rule: SarifRule | undefined) {
  const securitySeverity = securitySeverityOf(result, rule);
  const cwe = cweOf(result, rule);
  return { ...(securitySeverity === undefined ? {} : { securitySeverity }), ...(cwe ? { cwe } : {}) };
}

/** The rule's metadata: by index, else by id; `CA1000/1` is a special case of the rule `CA1000`. */
function findRule(result: SarifResult, run: SarifRun): SarifRule | undefined {
  const { driver, extensions = [] } = run.tool;
  const extension = result.rule?.toolComponent?.index;
  const rules = (extension === undefined ? driver : extensions[extension])?.rules ?? [];
  const index = result.ruleIndex ?? result.rule?.index;
  if (index !== undefined && index >= 0 && rules[index]) return rules[index];
  const id = result.ruleId ?? result.rule?.id;
  const all = [driver, ...extensions].flatMap((component) => component.rules ?? []);
  return all.find((rule) => rule.id === id) ?? all.find((rule) => id?.startsWith(`${rule.id}/`));
}

function levelOf(result: SarifResult, rule: SarifRule | undefined): Level {
  if (result.kind === 'informational') return 'note';
  return result.level ?? rule?.defaultConfiguration?.level ?? 'warning';
}

function linesOf(region: { startLine?: number | undefined; endLine?: number | undefined } | undefined) {
  const startLine = toLine(region?.startLine);
  const endLine = toLine(region?.endLine);
  if (startLine === undefined) return {};
  return { startLine, endLine: endLine !== undefined && endLine >= startLine ? endLine : startLine };
}

function toLine(line: number | undefined): number | undefined {
  return line !== undefined && Number.isSafeInteger(line) && line >= 1 ? line : undefined;
}

function messageOf(result: SarifResult, run: SarifRun, rule: SarifRule | undefined): string {
  const { message } = result;
  const stored = message?.id
    ? (rule?.messageStrings?.[message.id] ?? run.tool.driver.globalMessageStrings?.[message.id])
    : undefined;
  const template = message?.text ?? stored?.text ?? message?.markdown ?? stored?.markdown ?? '';
  const filled = template.replace(/\{(\d+)\}/g, (whole, index: string) => message?.arguments?.[Number(index)] ?? whole);
  // Links into the log's own related locations, [text](1), mean nothing outside it.
  return filled.replace(/\[([^[\]]{1,500})\]\(\d+\)/g, '$1').trim();
}

function securitySeverityOf(result: SarifResult, rule: SarifRule | undefined): number | undefined {
  const value = result.properties?.['security-severity'] ?? rule?.properties?.['security-severity'];
  const score = value === undefined || value === '' ? Number.NaN : Number(value);
  return score >= 0 && score <= 10 ? score : undefined;
}

function cweOf(result: SarifResult, rule: SarifRule | undefined): string | undefined {
  const named = [result.properties?.cwe ?? [], rule?.properties?.cwe ?? []].flat();
  const related = (rule?.relationships ?? [])
    .filter(({ target }) => target.toolComponent?.name === 'CWE')
    .map(({ target }) => `CWE-${target.id}`.replace('CWE-CWE', 'CWE'));
  for (const text of [...named, ...related, ...(result.properties?.tags ?? []), ...(rule?.properties?.tags ?? [])]) {
    const number = /cwe[-: _/]*0*(\d{1,5})\b/i.exec(text)?.[1];
    if (number) return `CWE-${number}`;
  }
  return undefined;
}
