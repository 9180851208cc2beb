import { findVerdict, type VerdictWord } from '../verdict-word.ts';
import { type Fields, fieldsOf, findField, findText } from './fields.ts';
import { type QuotedText, understandEvidence } from './understand-evidence.ts';

/** What an agent says became of a known finding, in our words; nothing of it was checked. */
export type ExtractedVerdict = { known: string; verdict: VerdictWord; evidence: QuotedText[]; reason?: string };

const statusNames = ['status', 'state', 'result', 'outcome', 'resolution'];
const reasonNames =
  'reason why explanation rationale because description comment note notes details summary message'.split(' ');

/** Whether an element is a verdict on a known finding rather than a finding. */
export function isVerdict(element: unknown): boolean {
  const fields = fieldsOf(element);
  const verdict = fields && wordOf(fields);
  if (fields === undefined || verdict === undefined || idOf(fields) === undefined) return false;
  return verdict !== 'present' || findText(fields, ['title']) === undefined;
}

/**
 * The verdict that an element is; `undefined` where it is none. An element with a title of its own that says `present` is a finding that
 * was seen again; one that says of itself that it is fixed never is a finding.
 */
export function readVerdict(element: unknown): ExtractedVerdict | undefined {
  const fields = fieldsOf(element);
  const verdict = fields && wordOf(fields);
  const known = fields && idOf(fields);
  if (fields === undefined || verdict === undefined || known === undefined || !isVerdict(element)) return undefined;
  const { quotes, claims } = understandEvidence(fields, {});
  const reason = findText(fields, reasonNames) ?? claims;
  return { known, verdict, evidence: quotes, ...(reason === undefined ? {} : { reason }) };
}

/** Whether an element gives a verdict, but on nothing that could be a known finding. */
export function isVerdictOnNothing(element: unknown): boolean {
  const fields = fieldsOf(element);
  return fields !== undefined && findVerdict(fields.get('verdict')) !== undefined && idOf(fields) === undefined;
}

/** A word that nobody understands is no verdict either way. Status words count only where they are plain: they mean other things, too. */
function wordOf(fields: Fields): VerdictWord | undefined {
  const given = fields.get('verdict');
  if (typeof given === 'string' && given.trim() !== '') return findVerdict(given) ?? 'unsure';
  for (const name of ['fixed', 'resolved']) if (fields.get(name) === true) return 'fixed';
  for (const name of ['present', 'stillpresent', 'stillthere']) {
    const flag = fields.get(name);
    if (typeof flag === 'boolean') return flag ? 'present' : 'fixed';
  }
  return statusNames.map((name) => findVerdict(fields.get(name))).find((word) => word !== undefined);
}

/** The id of a known finding, where one of these names holds one and nothing else. */
function idOf(fields: Fields): string | undefined {
  const names = ['known', 'knownid', 'knownfinding', 'finding', 'findingid', 'id', 'ref', 'issue', 'issueid'];
  return names.map((name) => knownOf(findField(fields, [name]))).find((id) => id !== undefined);
}

/** The id of a known finding as agents write it. */
export function knownOf(value: unknown): string | undefined {
  const id = typeof value === 'string' ? /^\s*(F-[0-9a-z]{8})\s*$/i.exec(value)?.[1] : undefined;
  return id === undefined ? undefined : `F-${id.slice(2).toLowerCase()}`;
}
