import { z } from 'zod';
import type { Carrier, ConversationRow, ProgramPlace } from './program.ts';

/** Where OpenCode keeps what it has, and what it leaves alone: for each of its commands. */
export function openCodeEnv(home: string): Readonly<Record<string, string>> {
  return {
    XDG_CONFIG_HOME: `${home}/config`,
    XDG_DATA_HOME: `${home}/data`,
    XDG_STATE_HOME: `${home}/state`,
    XDG_CACHE_HOME: `${home}/cache`,
    OPENCODE_DISABLE_PROJECT_CONFIG: '1',
    // What it would read of the folders of other agent tools, in the home or in the repository.
    OPENCODE_DISABLE_CLAUDE_CODE: '1',
    OPENCODE_DISABLE_EXTERNAL_SKILLS: '1',
    OPENCODE_PURE: '1',
    OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
    OPENCODE_DISABLE_MODELS_FETCH: '1',
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
    OPENCODE_DISABLE_SHARE: '1',
    // Nobody else changes the files that it works on.
    OPENCODE_EXPERIMENTAL_DISABLE_FILEWATCHER: '1',
  };
}

const Id = z.string().regex(/^[a-z]{2,5}_\w{1,60}$/);
const Word = z.string().max(200);
const Time = z.record(z.string(), z.number());
const Tokens = z.looseObject({ input: z.number(), output: z.number() });

/** What was said and done. Neither what would begin something anew nor copies of files. */
const Part = z.union([
  z.object({
    id: Id,
    type: z.literal('text'),
    text: z.string(),
    synthetic: z.boolean().optional(),
    time: Time.optional(),
    metadata: z.unknown().optional(),
  }),
  z.object({ id: Id, type: z.literal('reasoning'), text: z.string(), time: Time, metadata: z.unknown().optional() }),
  z.object({
    ...{ id: Id, type: z.literal('tool'), tool: Word, callID: Word, metadata: z.unknown().optional() },
    state: z.looseObject({
      status: z.enum(['completed', 'error']),
      input: z.record(z.string(), z.unknown()),
      time: Time,
    }),
  }),
  z.object({ id: Id, type: z.literal('step-start') }),
  z.object({ id: Id, type: z.literal('step-finish'), reason: Word, cost: z.number(), tokens: Tokens }),
  z.object({ id: Id, type: z.literal('compaction'), auto: z.boolean() }),
]);

const Info = z.union([
  z.object({
    id: Id,
    role: z.literal('user'),
    time: Time,
    model: z.object({ modelID: Word, variant: Word.optional() }),
  }),
  z.object({
    ...{ id: Id, role: z.literal('assistant'), time: Time, parentID: Id, modelID: Word, variant: Word.optional() },
    ...{ cost: z.number(), tokens: Tokens, finish: Word.optional(), summary: z.boolean().optional() },
    error: z.object({ name: Word, data: z.unknown().optional() }).optional(),
  }),
]);

const Exported = z.object({
  info: z.object({ slug: Word, version: Word, time: Time }),
  messages: z.array(z.object({ info: Info, parts: z.array(z.unknown()) })).min(1),
});

/** As `opencode run` begins each: nobody is there to be asked. */
const permission = ['question', 'plan_enter', 'plan_exit'].map((name) => ({
  ...{ permission: name, pattern: '*', action: 'deny' },
}));

/**
 * OpenCode's conversations, by its own commands `export` and `import`: one document.
 *
 * Measured with 1.18.33: of this alone it makes the very same request again.
 */
export const openCodeConversations: Carrier = {
  take(id, { command, home }) {
    return isName(id) ? { argv: [...command, 'export', id], env: openCodeEnv(home) } : undefined;
  },
  sift([document], id, place) {
    const exported = Exported.safeParse(document).data;
    return exported && isName(id) ? [toDocument(exported, id, place)] : undefined;
  },
  lay(id, { command, home }) {
    const path = `${home}/conversation.json`;
    return isName(id)
      ? { path, afterwards: { argv: [...command, 'import', path], env: openCodeEnv(home) } }
      : undefined;
  },
};

const isName = (id: string) => /^ses_\w{1,60}$/.test(id);

function toDocument(
  { info, messages }: z.infer<typeof Exported>,
  id: string,
  { workspace }: ProgramPlace,
): ConversationRow {
  return {
    info: {
      ...{ ...info, id, projectID: 'global', directory: workspace, path: workspace.slice(1), title: 'Courier' },
      ...{ agent: 'build', permission },
    },
    messages: messages.map((message) => ({
      info: { ...ownInfo(message.info, workspace), sessionID: id },
      parts: message.parts.flatMap((part) => {
        const { data } = Part.safeParse(part);
        return data ? [{ ...data, sessionID: id, messageID: message.info.id }] : [];
      }),
    })),
  };
}

function ownInfo(info: z.infer<typeof Info>, workspace: string): object {
  if (info.role === 'user') return { ...info, agent: 'build', model: { ...info.model, providerID: 'courier' } };
  return { ...info, agent: 'build', mode: 'build', providerID: 'courier', path: { cwd: workspace, root: '/' } };
}
