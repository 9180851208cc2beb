import { z } from 'zod';
import { parseYaml, type YamlValue } from '../config/parse-yaml.ts';
import { UserError } from '../lib/errors.ts';
import { oneLine } from '../lib/text.ts';
import { type AssumptionRecord, longestText, textOf } from './assumption.ts';

/** Where a repository keeps its assumptions for people to read. The ledger is the truth; the file is what they review. */
export const assumptionsFile = '.courier/assumptions.yml';

/** The one branch of the one pull request in which they are reviewed. */
export const assumptionsBranch = 'courier/assumptions';

const time = z.string().max(40);
const note = z.string().max(longestText);

const HistoryLine = z.strictObject({
  at: time,
  what: z.string().max(40),
  by: z.string().max(100),
  revision: z.number().int().positive(),
  from: z.string().max(500).optional(),
  text: note.optional(),
});

/** What stands in the file is what holds once it is in the default branch: there is no `proposed`. */
const fileStates = ['approved', 'corrected', 'declined'] as const;
export type FileState = (typeof fileStates)[number];

// Strict, as people write it: a word that we do not know is a mistake, not something to pass over.
export const FileEntry = z.strictObject({
  id: z.string().regex(/^A[1-9]\d{0,8}$/, 'has to be an id, as A3'),
  session: z.string().min(1).max(40),
  state: z.enum(fileStates),
  revision: z.number().int().positive(),
  text: z
    .string()
    .max(longestText)
    .refine((text) => text.trim() !== '', 'is empty'),
  reason: note.optional(),
  basis: note.optional(),
  evidence: z.array(z.string().max(2000)).max(50).optional(),
  confidence: z.number().min(0).max(1).optional(),
  question: z.string().max(40).optional(),
  findings: z.array(z.string().max(40)).max(500).optional(),
  paths: z.array(z.string().max(1000)).max(200).optional(),
  categories: z.array(z.string().max(40)).max(20).optional(),
  expires: time.optional(),
  history: z.array(HistoryLine).optional(),
});
export type FileEntry = z.infer<typeof FileEntry>;

const File = z.strictObject({
  version: z.literal(1),
  assumptions: z
    .array(FileEntry)
    .optional()
    .transform((entries) => entries ?? []),
});

/** `lines`: from which line on (from 1) each entry stands, in the order of the entries. */
export type AssumptionsFile = { entries: readonly FileEntry[]; lines: readonly number[] };

/** Reads the file. `unreadable`: one line for each mistake, with file and line. It never throws, whatever the text. */
export function parseAssumptionsFile(text: string): AssumptionsFile | { unreadable: string } {
  try {
    const yaml = parseYaml(text, assumptionsFile);
    return understand(yaml);
  } catch (error) {
    if (error instanceof UserError) return { unreadable: error.message };
    throw error;
  }
}

function understand(yaml: YamlValue): AssumptionsFile | { unreadable: string } {
  const read = File.safeParse(yaml.value);
  if (!read.success) {
    const problems = read.error.issues.slice(0, 20).map(({ path, message }) => {
      const field = path.map(String).join('.');
      return `${assumptionsFile}:${yaml.lineOf(path)}: ${field === '' ? '' : `${field}: `}${oneLine(message)}`;
    });
    return { unreadable: problems.join('\n') };
  }
  const entries = read.data.assumptions;
  const lines = entries.map((_, index) => yaml.lineOf(['assumptions', index]));
  const known = new Set<string>();
  for (const [index, { session, id }] of entries.entries()) {
    const key = keyOf({ session, id });
    if (known.has(key)) return { unreadable: `${assumptionsFile}:${lines[index]}: ${id} of ${session} is there twice` };
    known.add(key);
  }
  return { entries, lines };
}

/** The assumptions that stand on lines of the file, from 1. */
export function entriesAt(
  { entries, lines }: AssumptionsFile,
  { from, to }: { from: number; to: number },
): readonly FileEntry[] {
  return entries.filter(
    (_, index) => (lines[index] ?? 0) <= to && from < (lines[index + 1] ?? Number.POSITIVE_INFINITY),
  );
}

type Key = { session: string; id: string };

export function keyOf({ session, id }: Key): string {
  return `${session} ${id}`;
}

/** Whether two texts say the same: editors and git change line ends and what stands behind the last word of a line. */
export function isSameText(one: string, other: string): boolean {
  return bare(one) === bare(other);
}

function bare(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+$/gm, '')
    .trim();
}

/** The text that a record had at a revision; `undefined` where it never had that one. */
export function textAt(record: AssumptionRecord, revision: number): string | undefined {
  if (revision === record.revision) return textOf(record);
  const bringing = new Set(['proposed', 'refined', 'corrected']);
  return record.history.findLast((entry) => entry.revision === revision && bringing.has(entry.what))?.text;
}

const deciding = new Set(['proposed', 'refined', 'restored', 'taken-back', 'approved', 'corrected', 'declined']);

/** The state that an entry had when Courier wrote it, by the history that it wrote with it: another one is a person's. */
export function writtenState({ history = [] }: Pick<FileEntry, 'history'>): FileState {
  const last = history.findLast(({ what }) => deciding.has(what))?.what;
  return toFileState(last === 'declined' || last === 'corrected' ? last : 'approved', history);
}

/** An approval of somebody's own words leaves them corrected. */
function toFileState(last: FileState, history: readonly { what: string }[]): FileState {
  return last === 'approved' && history.some(({ what }) => what === 'corrected') ? 'corrected' : last;
}
