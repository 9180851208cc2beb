import { z } from 'zod';
import type { Carrier, ConversationRow, ProgramPlace } from './program.ts';

const Uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const Row = z.record(z.string(), z.unknown());
const Link = z.object({ uuid: Uuid, parentUuid: Uuid.nullish() });

/** What was said, by whom, and what it follows; a row has many more words, of which some are settings. */
const kept = [
  ...['type', 'uuid', 'logicalParentUuid', 'timestamp', 'message', 'requestId', 'promptId'],
  ...['isMeta', 'isCompactSummary', 'isVisibleInTranscriptOnly', 'isApiErrorMessage'],
  ...['subtype', 'content', 'compactMetadata', 'level'],
  ...['attachment', 'rendered', 'renderedRole', 'renderedBesideToolResult'],
  ...[
    'toolUseResult',
    'sourceToolAssistantUUID',
    'requestedModel',
    'effort',
    'perTurnEffort',
    'madeBy',
    'apiBlockIndex',
  ],
  ...['promptSource', 'turnOrigin', 'turnPosition', 'userType', 'entrypoint'],
] as const;

const Said = z.union([
  z.object({ type: z.literal('user'), message: z.object({ role: z.literal('user') }) }),
  z.object({ type: z.literal('assistant'), message: z.object({ role: z.literal('assistant') }) }),
  // What it tells the model besides. The system prompt is what its options make it, and of what runs there is nothing.
  z.object({
    type: z.literal('attachment'),
    attachment: z.object({ type: z.string().regex(/^(?!.*(snapshot|hook|plugin|skill|command|permission|plan))\w+$/) }),
  }),
  z.object({ type: z.literal('system'), subtype: z.enum(['compact_boundary', 'microcompact_boundary']) }),
]);

function fileOf(id: string, { home, workspace }: ProgramPlace): string {
  return `${home}/projects/${workspace.replaceAll(/[^a-zA-Z0-9]/g, '-')}/${id}.jsonl`;
}

const isName = (id: string) => Uuid.safeParse(id).success;

/**
 * Claude Code's conversations: a file of lines, of which each names the one that it follows.
 *
 * Measured with 2.1.330: of these rows alone it makes the very same request again.
 */
export const claudeConversations: Carrier = {
  take: (id, place) => (isName(id) ? { argv: ['cat', '--', fileOf(id, place)], env: {} } : undefined),
  sift(rows, id, { workspace }) {
    const gone = new Map<string, string | null>();
    const found = rows.flatMap((row): ConversationRow[] => {
      const link = Link.safeParse(row).data;
      if (!link) return [];
      const parentUuid = beyond(gone, link.parentUuid ?? null);
      if (isConversation(row))
        return [{ ...pick(Row.parse(row)), parentUuid, isSidechain: false, cwd: workspace, sessionId: id }];
      gone.set(link.uuid, parentUuid);
      return [];
    });
    return isName(id) && found.some(({ type }) => type === 'user') ? found : undefined;
  },
  lay: (id, place) => (isName(id) ? { path: fileOf(id, place) } : undefined),
};

/** What a row follows when those between are left out; each of them was found before what follows it. */
function beyond(gone: ReadonlyMap<string, string | null>, parent: string | null): string | null {
  return parent === null ? null : (gone.get(parent) ?? (gone.has(parent) ? null : parent));
}

function isConversation(row: unknown): boolean {
  return Row.safeParse(row).data?.isSidechain !== true && Said.safeParse(row).success;
}

function pick(row: ConversationRow): ConversationRow {
  return Object.fromEntries(kept.flatMap((key) => (row[key] === undefined ? [] : [[key, row[key]]])));
}
