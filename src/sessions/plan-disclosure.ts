import type { Finding } from '../findings/finding.ts';
import { issueDigest } from '../findings/issue-digest.ts';
import type { IssueSettings } from '../findings/plan-issue-changes.ts';
import { toSeverity } from '../findings/severity.ts';
import { keyedDigest } from '../ledger/seal.ts';
import { isWithheld } from '../ledger/withhold.ts';
import { sha256 } from '../lib/hash.ts';
import { isSensitive } from './audience.ts';

export type DisclosureRequest = {
  /** All that the ledger knows, with the details where they are at hand. */
  findings: readonly Finding[];
  settings: Pick<IssueSettings, 'maxNew' | 'minPriority' | 'unverified'>;
  ledgerKey: string | undefined;
  /** ISO time. */
  at: string;
  /** A person started the session: what was refused may have been granted since. */
  byHand: boolean;
};

/** What there is to do for the security findings of a public repository, in private places only; worst first. */
export type DisclosurePlan = {
  /** To be told: by an advisory each, else by an upload to code scanning. */
  tell: readonly Finding[];
  /** More than one session may file; an upload takes them along. */
  later: readonly Finding[];
  /** Their advisories are to be closed, or opened again. */
  close: readonly Finding[];
  reopen: readonly Finding[];
  /** Whether the alerts of earlier uploads are out of date, whatever becomes of `tell`. */
  alerts: AlertsPlan;
};

/**
 * An upload replaces the one before, and GitHub closes what is not in it. `blocked`: it would close alerts of findings that are open, but
 * whose details are not at hand.
 */
export type AlertsPlan =
  | { kind: 'none' }
  | { kind: 'blocked'; missing: number }
  | { kind: 'upload'; findings: readonly Finding[]; gone: readonly Finding[] };

/** What was refused is not asked for again for so long, unless by hand or together with something new. */
const rest = 7 * 86_400_000;

export function planDisclosure(request: DisclosureRequest): DisclosurePlan {
  const { findings, settings } = request;
  const sensitive = findings.filter((finding) => isSensitive(finding, 'public')).sort(bySeverityThenId);
  const due = sensitive.filter(isDue(request));
  return {
    tell: due.slice(0, settings.maxNew),
    later: due.slice(settings.maxNew),
    close: sensitive.filter(({ state, told }) => state === 'resolved' && told?.advisory?.state === 'open'),
    reopen: sensitive.filter((finding) => isOpen(finding) && finding.told?.advisory?.state === 'closed'),
    alerts: planAlerts(request, new Set()),
  };
}

function bySeverityThenId(a: Finding, b: Finding): number {
  return a.severity - b.severity || (a.id < b.id ? -1 : 1);
}

function isOpen({ state }: Finding): boolean {
  return state !== 'resolved' && state !== 'ignored';
}

/** Whether it would get an issue in a private repository. */
function isWanted(finding: Finding, { settings }: DisclosureRequest): boolean {
  if (!isOpen(finding) || finding.severity > toSeverity(settings.minPriority)) return false;
  return finding.verified !== 'none' || settings.unverified === 'label';
}

function isDue(request: DisclosureRequest): (finding: Finding) => boolean {
  const untold = (finding: Finding) =>
    isWanted(finding, request) && !isWithheld(finding) && !finding.told?.advisory && !isShown(finding, request);
  const isNew = (finding: Finding) => untold(finding) && finding.told?.refused === undefined;
  const asks = request.byHand || request.findings.some((finding) => isSensitive(finding, 'public') && isNew(finding));
  return (finding) => untold(finding) && (asks || !isResting(finding, request));
}

function isResting({ told }: Finding, { at }: DisclosureRequest): boolean {
  return told?.refused !== undefined && Date.parse(at) - Date.parse(told.refused) < rest;
}

/** The last upload shows it as it is. */
function isShown(finding: Finding, { ledgerKey }: DisclosureRequest): boolean {
  return finding.told?.alert === alertDigest(finding, ledgerKey);
}

/**
 * What an upload says of a finding, in a few digits that stand in a public ledger: without a key they hold nothing of the details, as
 * whoever hashes the lines of the repository would find the one that they stand for.
 */
export function alertDigest(finding: Finding, ledgerKey: string | undefined): string {
  if (ledgerKey === undefined) return sha256(`${finding.id} ${finding.severity}`).slice(0, 16);
  return keyedDigest(`${finding.id} ${issueDigest(finding)}`, ledgerKey);
}

/** @param added ids of findings that are to have an alert from now on. */
export function planAlerts(request: DisclosureRequest, added: ReadonlySet<string>): AlertsPlan {
  const sensitive = request.findings.filter((finding) => isSensitive(finding, 'public')).sort(bySeverityThenId);
  const hasAlert = ({ told }: Finding) => told?.alert !== undefined;
  const belongs = sensitive.filter(
    (finding) => isWanted(finding, request) && !finding.told?.advisory && (hasAlert(finding) || added.has(finding.id)),
  );
  const kept = new Set(belongs);
  const gone = sensitive.filter((finding) => hasAlert(finding) && !kept.has(finding));
  const isStale = belongs.some(({ id }) => added.has(id)) || gone.some((finding) => !isResting(finding, request));
  if (!isStale) return { kind: 'none' };
  const missing = belongs.filter(isWithheld).length;
  return missing > 0 ? { kind: 'blocked', missing } : { kind: 'upload', findings: belongs, gone };
}

/** Where the open security findings are told. */
export type WhereTold = { advisories: number; alerts: number; refused: number };

export function countTold(findings: readonly Finding[]): WhereTold {
  const open = findings.filter((finding) => isSensitive(finding, 'public') && isOpen(finding));
  const inAdvisory = open.filter(({ told }) => told?.advisory);
  const others = open.filter(({ told }) => !told?.advisory);
  return {
    advisories: inAdvisory.length,
    alerts: others.filter(({ told }) => told?.alert !== undefined).length,
    refused: others.filter(({ told }) => told?.alert === undefined && told?.refused !== undefined).length,
  };
}
