import type { Finding } from '../findings/finding.ts';
import { findFindingMarker } from '../findings/issue-markers.ts';
import { addToAdvisory, renderAdvisory, renderBackNote, renderGoneNote } from '../findings/render-advisory.ts';
import type { IssueContext } from '../findings/render-issue.ts';
import type { Told } from '../findings/told.ts';
import { OutOfTimeError } from '../lib/errors.ts';
import { alertDigest, type DisclosurePlan, type DisclosureRequest, planAlerts } from '../sessions/plan-disclosure.ts';
import type { Advisory, Disclosure } from './github-ports.ts';
import { LeaseLostError } from './issue-lease.ts';

/** What there is to remember of the findings, as it goes; in order of what was done. */
export type Telling = {
  told: Map<string, Told>;
  wrote: (action: string, target: string) => void;
};

export type TellMeans = {
  disclosure: Disclosure;
  context: IssueContext;
  /** Makes an upload of these findings. @returns the ids of those that are in it. */
  upload: (findings: readonly Finding[]) => Promise<{ taken: boolean; ids: ReadonlySet<string> }>;
};

/** Tells what is due: each by an advisory, or, once that was refused, all by one upload. @returns how many alerts could not be kept. */
export async function tellPrivately(
  plan: DisclosurePlan,
  request: DisclosureRequest,
  { telling, means }: { telling: Telling; means: TellMeans },
): Promise<number> {
  for (const finding of plan.close) await moveAdvisory(finding, 'closed', { telling, means });
  for (const finding of plan.reopen) await moveAdvisory(finding, 'open', { telling, means });
  const untaken = await fileAdvisories(plan.tell, { telling, means });
  const findings = request.findings.map((finding) => withTold(finding, telling.told.get(finding.id)));
  const wanted = untaken.refused ? [...untaken.findings, ...plan.later] : untaken.findings;
  return uploadAlerts({ ...request, findings }, wanted, { telling, means });
}

/** The finding with what is known of where it is told; nothing of it where there is nothing to know. */
export function withTold(finding: Finding, told: Told | undefined): Finding {
  if (!told) return finding;
  const { told: _, ...rest } = finding;
  const known = Object.values(told).some((value) => value !== undefined);
  return known ? { ...rest, told } : rest;
}

type Doing = { telling: Telling; means: TellMeans };

/** What a person did to an advisory stands: only a draft is closed, and only what Courier closed is opened again. */
async function moveAdvisory(finding: Finding, to: 'open' | 'closed', { telling, means }: Doing): Promise<void> {
  const advisory = finding.told?.advisory;
  if (!advisory) return;
  const { disclosure, context } = means;
  const there = await disclosure.readAdvisory(advisory.id);
  const remember = (state: NonNullable<Told['advisory']>['state']) =>
    telling.told.set(finding.id, { ...finding.told, advisory: { ...advisory, state } });
  const [from, state] = to === 'closed' ? (['draft', 'closed'] as const) : (['closed', 'draft'] as const);
  if (typeof there === 'string' || there.state !== from) return void remember('left');
  const note = to === 'closed' ? renderGoneNote(finding, context) : renderBackNote(finding, context);
  const description = addToAdvisory(there.description, note, context.gate);
  const answer = await disclosure.updateAdvisory(advisory.id, { state, description });
  remember(answer === 'taken' ? to : 'left');
  if (answer === 'taken') telling.wrote(to === 'closed' ? 'close-advisory' : 'reopen-advisory', advisory.id);
}

type Untaken = { findings: readonly Finding[]; refused: boolean };

async function fileAdvisories(findings: readonly Finding[], doing: Doing): Promise<Untaken> {
  const { telling, means } = doing;
  // Only a claim that an earlier session left open may stand for a creation whose answer was lost.
  const lost = findings.some(({ told }) => told?.claim !== undefined);
  const listed = lost ? await means.disclosure.listAdvisories() : [];
  if (typeof listed === 'string') return giveUp(findings, telling);
  const left = [...findings];
  const rejected: Finding[] = [];
  for (const finding of findings) {
    const answer = await fileOne(finding, listed, doing).catch((error: unknown) => {
      settle(isSurelyUndone(error) ? left : left.slice(1), telling);
      throw error;
    });
    if (answer === 'refused') return { ...giveUp(left, telling), findings: [...rejected, ...left] };
    if (answer === 'rejected') rejected.push(finding);
    left.shift();
  }
  settle(rejected, telling);
  return { findings: rejected, refused: false };
}

function isSurelyUndone(error: unknown): boolean {
  return error instanceof OutOfTimeError || error instanceof LeaseLostError;
}

function giveUp(findings: readonly Finding[], telling: Telling): Untaken {
  settle(findings, telling);
  return { findings, refused: true };
}

/** Nothing was made of these: they are nobody's any more. */
function settle(findings: readonly Finding[], { told }: Telling): void {
  for (const { id, told: before } of findings) {
    const { claim: _, ...rest } = before ?? {};
    told.set(id, rest);
  }
}

async function fileOne(
  finding: Finding,
  listed: readonly Advisory[],
  { telling, means: { disclosure, context } }: Doing,
): Promise<'done' | 'refused' | 'rejected'> {
  const { claim: _claim, refused: _refused, ...told } = finding.told ?? {};
  const known = listed.find(({ description }) => findFindingMarker(description) === finding.id);
  const made = known ?? (await disclosure.createDraft(renderAdvisory(finding, context)));
  if (typeof made === 'string') return made;
  const state = known && known.state !== 'draft' ? 'left' : 'open';
  telling.told.set(finding.id, { ...told, advisory: { id: made.id, url: made.url, state } });
  telling.wrote(known ? 'adopt-advisory' : 'create-advisory', made.id);
  return 'done';
}

/** @returns of how many findings the details are missing, so that nothing was uploaded. */
async function uploadAlerts(
  request: DisclosureRequest,
  added: readonly Finding[],
  { telling, means }: Doing,
): Promise<number> {
  const plan = planAlerts(request, new Set(added.map(({ id }) => id)));
  const toldOf = (finding: Finding): Told => ({ ...finding.told, ...telling.told.get(finding.id) });
  const refuse = (findings: readonly Finding[]) => {
    for (const finding of findings) telling.told.set(finding.id, { ...toldOf(finding), refused: request.at });
  };
  const current = added.map((finding) => request.findings.find(({ id }) => id === finding.id) ?? finding);
  if (plan.kind === 'none') return 0;
  if (plan.kind === 'blocked') {
    refuse(current);
    return plan.missing;
  }
  const { taken, ids } = await means.upload(plan.findings);
  if (!taken) {
    refuse([...current, ...plan.gone]);
    return 0;
  }
  telling.wrote('upload-alerts', `${ids.size} alerts`);
  for (const finding of plan.gone) telling.told.set(finding.id, without(toldOf(finding), 'alert'));
  for (const finding of plan.findings) {
    const alert = ids.has(finding.id) ? alertDigest(finding, request.ledgerKey) : undefined;
    const shown = without(toldOf(finding), 'refused');
    telling.told.set(
      finding.id,
      alert === undefined ? { ...without(shown, 'alert'), refused: request.at } : { ...shown, alert },
    );
  }
  return 0;
}

function without<Key extends 'alert' | 'refused'>(told: Told, key: Key): Told {
  const { [key]: _, ...rest } = told;
  return rest;
}
