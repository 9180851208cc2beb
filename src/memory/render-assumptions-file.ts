import { type Document, isMap, isSeq, parseDocument, YAMLMap, type YAMLSeq } from 'yaml';
import type { Evidence } from '../findings/finding.ts';
import { truncate } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { type AssumptionRecord, longestText, textOf } from './assumption.ts';
import {
  type AssumptionsFile,
  type FileEntry,
  isSameText,
  keyOf,
  parseAssumptionsFile,
  textAt,
  writtenState,
} from './assumptions-file.ts';

export type FileView = {
  /** Those that may stand there. */
  records: readonly AssumptionRecord[];
  /** The pull request in which they are reviewed, where there is one: what a person took out of it there stays out. */
  pullRequest: number | undefined;
  /** Address of a piece of code that a session looked at, or its place in words. */
  placeOf: (session: string, evidence: Evidence) => string;
};

/** What is to be written, and what the records have come to in it. */
export type FileUpdate = {
  text: string;
  /** Whether it says anything else than before; who decided what, and when, is written together with other changes only. */
  changed: boolean;
  /** Records that stand there now. */
  shown: readonly AssumptionRecord[];
  /** Those that a person has put into other words, or decided otherwise, there. */
  edited: readonly AssumptionRecord[];
  /** Those that have no room. */
  left: readonly AssumptionRecord[];
};

const head = ` What Courier's agents assumed about this repository, and what people said to it.
 Written by Courier: it proposes changes in pull requests, and reads this file when one of them is merged.

 Merging approves what stands here, in these words. Before that, in the pull request:
   put a text right by editing it; set \`state: declined\` (and a \`reason\`) or take an entry out to decline it.
 Nothing else in this file has an effect, and neither has an edit outside of such a pull request.`;

// Far below what is read back, so that there is room for what people write.
const roomFor = 160_000;

/**
 * The file with the records as they are now: `current` where there is one, changed where a record has. What people did to an entry stays: their
 * words, their state, their comments. Whoever parses the result gets what the records say.
 */
export function updateAssumptionsFile(
  current: string | undefined,
  view: FileView,
  gate: Gate,
): FileUpdate | { unreadable: string } {
  const before = current === undefined ? empty : parseAssumptionsFile(current);
  if ('unreadable' in before) return before;
  const document = current === undefined ? newDocument() : parseDocument(current);
  const items = itemsOf(document);
  const followed = followAll(items, before.entries, { document, view, gate });
  const known = new Set(before.entries.map(keyOf));
  const { added, left } = chooseNew(known, view, { gate, room: roomFor - (current?.length ?? 0) });
  for (const { entry } of added) insert(items, entry, document);
  return {
    text: document.toString({ lineWidth: 0 }),
    changed: current === undefined || followed.changed || added.length > 0,
    shown: [...followed.shown, ...added.map(({ record }) => record)],
    edited: followed.edited,
    left,
  };
}

/** The entries that are there, in line with their records. */
function followAll(items: YAMLSeq, entries: readonly FileEntry[], at: At) {
  const records = new Map(at.view.records.map((record) => [keyOf(record), record]));
  const found: Pick<FileUpdate, 'shown' | 'edited'> & { changed: boolean } = { shown: [], edited: [], changed: false };
  return [...entries.entries()].reduceRight((all, [index, entry]) => {
    const record = records.get(keyOf(entry));
    if (!record) return all;
    // From behind, so that places stay what they are.
    const fate = isEdited(entry, record, at.gate) ? 'edited' : follow(items, { index, entry, record }, at);
    return {
      changed: all.changed || fate === 'rewritten' || fate === 'removed',
      shown: fate === 'removed' ? all.shown : [record, ...all.shown],
      edited: fate === 'edited' ? [record, ...all.edited] : all.edited,
    };
  }, found);
}

const empty: AssumptionsFile = { entries: [], lines: [] };

function newDocument(): Document {
  const document = parseDocument('version: 1\nassumptions: []\n');
  document.commentBefore = head;
  return document;
}

function itemsOf(document: Document): YAMLSeq {
  const found = document.get('assumptions');
  if (isSeq(found)) {
    if (found.items.length === 0) found.flow = false;
    return found;
  }
  const made = document.createNode([]);
  made.flow = false;
  document.set('assumptions', made);
  return made;
}

/** A text as it stands in the file. One of which nothing may be shown is still an entry. */
function showText(text: string, gate: Gate): string {
  const shown = truncate(gate.plain(text).toWellFormed(), longestText);
  return shown.trim() === '' ? '(nothing that can be shown)' : shown;
}

/** Whether a person has changed what counts. */
export function isEdited(entry: FileEntry, record: AssumptionRecord, gate: Gate): boolean {
  const text = textAt(record, entry.revision);
  return text === undefined || !isSameText(entry.text, showText(text, gate)) || entry.state !== writtenState(entry);
}

type At = { document: Document; view: FileView; gate: Gate };

/** Brings an entry that nobody has edited in line with its record. */
function follow(
  items: YAMLSeq,
  { index, entry, record }: { index: number; entry: FileEntry; record: AssumptionRecord },
  { document, view, gate }: At,
): 'same' | 'rewritten' | 'removed' {
  if (record.state === 'superseded') {
    items.items.splice(index, 1);
    return 'removed';
  }
  const now = toEntry(record, view, gate);
  const node = items.items[index];
  if (!isMap(node) || meaningOf(entry) === meaningOf(now)) return 'same';
  const wanted: Record<string, unknown> = { ...now };
  const there: Record<string, unknown> = { ...entry };
  for (const key of keys) {
    if (JSON.stringify(there[key]) === JSON.stringify(wanted[key])) continue;
    if (wanted[key] === undefined) node.delete(key);
    else put(node, key, nodeOf(key, wanted[key], document));
  }
  return 'rewritten';
}

/** A key that is new stands at its place. */
function put(node: YAMLMap, key: string, value: unknown): void {
  if (node.has(key)) return void node.set(key, value);
  const names: readonly string[] = keys;
  const before = new Set(names.slice(0, names.indexOf(key)));
  const place = node.items.findLastIndex((pair) => before.has(String(pair.key)));
  node.set(key, value);
  const [made] = node.items.splice(-1);
  if (made) node.items.splice(place + 1, 0, made);
}

const keys = [
  ...(['id', 'session', 'state', 'revision', 'text', 'reason', 'basis', 'evidence', 'confidence', 'question'] as const),
  ...(['findings', 'paths', 'categories', 'expires', 'history'] as const),
];

function meaningOf(entry: FileEntry): string {
  return JSON.stringify(keys.map((key) => (key === 'history' ? undefined : entry[key])));
}

/** The newest that fit. */
function chooseNew(known: ReadonlySet<string>, view: FileView, { gate, room }: { gate: Gate; room: number }) {
  const isTakenOut = ({ pullRequest }: AssumptionRecord) =>
    pullRequest !== undefined && pullRequest === view.pullRequest;
  const fresh = view.records.filter(
    (record) => record.state !== 'superseded' && !known.has(keyOf(record)) && !isTakenOut(record),
  );
  const added: { record: AssumptionRecord; entry: FileEntry }[] = [];
  const left: AssumptionRecord[] = [];
  let taken = 0;
  for (const record of fresh.toReversed()) {
    const entry = toEntry(record, view, gate);
    // Escapes and indentation make it longer.
    taken += 2 * JSON.stringify(entry).length;
    if (taken > room) left.unshift(record);
    else added.unshift({ record, entry });
  }
  return { added, left };
}

function insert(items: YAMLSeq, entry: FileEntry, document: Document): void {
  const node = new YAMLMap<string, unknown>();
  for (const key of keys) if (entry[key] !== undefined) node.set(key, nodeOf(key, entry[key], document));
  const place = items.items.findIndex((item) => isMap(item) && comesBefore(entry, item));
  items.items.splice(place === -1 ? items.items.length : place, 0, node);
}

function comesBefore({ session, id }: FileEntry, item: YAMLMap): boolean {
  const [otherSession, otherId] = [String(item.get('session')), String(item.get('id'))];
  return session === otherSession ? Number(id.slice(1)) < Number(otherId.slice(1)) : session < otherSession;
}

/** A line for each act of the history. */
function nodeOf(key: (typeof keys)[number], value: unknown, document: Document): unknown {
  const node = document.createNode(value);
  if (key === 'history' && isSeq(node)) for (const item of node.items) if (isMap(item)) item.flow = true;
  return node;
}

const mostHistory = 20;

function toEntry(record: AssumptionRecord, { placeOf }: FileView, gate: Gate): FileEntry {
  const plain = (text: string) => gate.plain(text).toWellFormed();
  const { id, session, revision, reason, basis, evidence, confidence, questionId, findings, scope, expiresAt } = record;
  const note = (text: string) => truncate(plain(text), 2000);
  const history = record.history.slice(-mostHistory).map((line) => ({
    ...{ at: plain(line.at), what: line.what, by: plain(line.by), revision: line.revision, from: plain(line.from) },
    // What holds stands above.
    ...(line.text === undefined || line.revision === revision ? {} : { text: note(line.text) }),
  }));
  return {
    ...{
      id,
      session: plain(session),
      state: stateOf(record, writtenState({ history })),
      revision,
      text: showText(textOf(record), gate),
    },
    ...(reason === undefined ? {} : { reason: note(reason) }),
    ...(basis === undefined ? {} : { basis: note(basis) }),
    ...(evidence.length === 0 ? {} : { evidence: evidence.map((each) => note(placeOf(session, each))) }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(questionId === undefined ? {} : { question: plain(questionId) }),
    ...(findings.length === 0 ? {} : { findings: findings.map(plain) }),
    ...(scope.paths.length === 0 ? {} : { paths: scope.paths.map(plain) }),
    ...(scope.categories.length === 0 ? {} : { categories: scope.categories.map(plain) }),
    ...(expiresAt === undefined ? {} : { expires: plain(expiresAt) }),
    history,
  };
}

function stateOf({ state }: AssumptionRecord, written: FileEntry['state']): FileEntry['state'] {
  if (state === 'declined') return 'declined';
  return written === 'declined' ? 'approved' : written;
}
