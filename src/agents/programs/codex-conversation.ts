import { z } from 'zod';
import type { Carrier, ConversationRow, ProgramPlace } from './program.ts';

const Name = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const Payload = z.record(z.string(), z.unknown());
const Row = z.object({
  type: z.string(),
  timestamp: z.string().max(40),
  ordinal: z.number().optional(),
  payload: Payload,
  metadata: Payload.optional(),
});
const Word = z.string().max(100);

/** Where it began; all else is as its own configuration has it. */
const Meta = z.object({
  timestamp: Word,
  cli_version: Word,
  history_mode: Word.optional(),
  context_window: z.object({ window_id: Word }).optional(),
  base_instructions: z
    .object({ text: z.string(), provenance: z.object({ type: Word, model: Word }).optional() })
    .optional(),
});

/** What the model was told of its place, so that it is not told again. */
const Turn = z.object({
  turn_id: Word,
  root_turn_id: Word.optional(),
  model: Word,
  comp_hash: Word.optional(),
  effort: Word.optional(),
  summary: Word.optional(),
  multi_agent_version: Word.optional(),
  realtime_active: z.boolean().optional(),
  collaboration_mode: z
    .object({
      mode: Word,
      settings: z.object({
        model: Word,
        reasoning_effort: Word.nullish(),
        developer_instructions: z.null().optional(),
      }),
    })
    .optional(),
});

const Item = z.looseObject({
  type: z.enum([
    ...(['message', 'reasoning', 'additional_tools', 'compaction', 'context_compaction'] as const),
    ...(['function_call', 'function_call_output', 'custom_tool_call', 'custom_tool_call_output'] as const),
    ...(['local_shell_call', 'tool_search_call', 'tool_search_output'] as const),
  ]),
  role: z.enum(['user', 'assistant', 'developer']).optional(),
});

/**
 * Codex's conversations: a file of lines.
 *
 * Measured with 0.169.0: of these rows alone it makes the very same request again. Without the two that tell what the model knows of its place,
 * it would be told all of that anew.
 */
export const codexConversations: Carrier = {
  take(id, { home }) {
    const print = 'cat -- "$1"/sessions/*/*/*/rollout-*-"$2".jsonl';
    return isName(id) ? { argv: ['/bin/bash', '-p', '-c', print, 'courier', home, id], env: {} } : undefined;
  },
  sift(rows, id, place) {
    const found = rows.flatMap((row): ConversationRow[] => {
      const understood = understand(row, id, place);
      return understood ? [understood] : [];
    });
    return isName(id) && found[0]?.type === 'session_meta' && found.length > 1 ? found : undefined;
  },
  lay(id, { home }) {
    return isName(id) ? { path: `${home}/sessions/2026/01/01/rollout-2026-01-01T00-00-00-${id}.jsonl` } : undefined;
  },
};

const isName = (id: string) => Name.safeParse(id).success;

function understand(given: unknown, id: string, place: ProgramPlace): ConversationRow | undefined {
  const row = Row.safeParse(given).data;
  const payload = row && payloadOf(row.type, row.payload, { id, place });
  return payload && { ...row, payload };
}

function payloadOf(
  type: string,
  payload: z.infer<typeof Payload>,
  { id, place: { workspace: cwd } }: { id: string; place: ProgramPlace },
): object | undefined {
  switch (type) {
    case 'session_meta': {
      const meta = Meta.safeParse(payload).data;
      const ours = {
        id,
        session_id: id,
        cwd,
        runtime_workspace_roots: [cwd],
        originator: 'codex_exec',
        source: 'exec',
      };
      return meta && { ...meta, ...ours, account_scoped: true, thread_source: 'user', model_provider: 'courier' };
    }
    case 'turn_context': {
      const turn = Turn.safeParse(payload).data;
      const ours = { cwd, approval_policy: 'never', approvals_reviewer: 'user', disabled_plugin_ids: [] };
      const open = { permission_profile: { type: 'disabled' }, sandbox_policy: { type: 'danger-full-access' } };
      return turn && { ...turn, ...ours, ...open };
    }
    case 'world_state':
      return z.object({ full: z.boolean(), state: Payload }).safeParse(payload).data;
    case 'compacted':
      return z.looseObject({ message: z.string() }).safeParse(payload).data;
    case 'response_item':
      return Item.safeParse(payload).data;
    default:
      return undefined;
  }
}
