import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claudeConversations } from '../../../src/agents/programs/claude-conversation.ts';
import { codexConversations } from '../../../src/agents/programs/codex-conversation.ts';
import { openCodeConversations } from '../../../src/agents/programs/opencode-conversation.ts';
import { aPlace } from './start-of.ts';

const id = '01a20178-9e59-7f80-8b47-a31ba4651b4a';
const uuid = (last: number) => `01a20178-9e59-7f80-8b47-00000000000${last}`;
const at = '2026-11-22T04:16:51.918Z';

const carriers = [
  ['Claude Code', claudeConversations, id],
  ['Codex', codexConversations, id],
  ['OpenCode', openCodeConversations, 'ses_dfe755389ffeS81QK1PvIJopva'],
] as const;

describe.each(carriers)('a conversation of %s on its way', (_, carrier, name) => {
  it('has a name that the program gives, or none', () => {
    expect(carrier.take(name, aPlace)).toBeDefined();
    expect(carrier.lay(name, aPlace)?.path.startsWith(`${aPlace.home}/`)).toBe(true);
    for (const other of ['', '../../.bashrc', `${name}/../x`, `${name}\n`, '--help', '*', `${name} x`]) {
      expect([carrier.take(other, aPlace), carrier.lay(other, aPlace)]).toEqual([undefined, undefined]);
      expect(carrier.sift([], other, aPlace)).toBeUndefined();
    }
  });

  it('is nothing where there is nothing of one, whatever comes back', () => {
    const types = ['user', 'assistant', 'attachment', 'system', 'session_meta', 'response_item', 'turn_context'];
    const row = fc.oneof(
      fc.jsonValue(),
      fc.record({
        type: fc.constantFrom(...types),
        uuid: fc.constant(uuid(1)),
        parentUuid: fc.constant(uuid(1)),
        payload: fc.jsonValue(),
      }),
    );
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const sifted = carrier.sift(rows, name, aPlace);
        expect(sifted && carrier.sift(JSON.parse(JSON.stringify(sifted)), name, aPlace)).toEqual(sifted);
      }),
    );
  });
});

describe('a conversation of Claude Code', () => {
  const user = {
    type: 'user',
    uuid: uuid(1),
    parentUuid: null,
    message: { role: 'user', content: 'Look.' },
    timestamp: at,
  };
  const answer = { type: 'assistant', uuid: uuid(4), parentUuid: uuid(3), message: { role: 'assistant', content: [] } };
  const sift = (...rows: object[]) => claudeConversations.sift(rows, id, aPlace);

  it('goes on across what is left out of it', () => {
    const sidechain = { ...answer, uuid: uuid(2), parentUuid: uuid(1), isSidechain: true };
    const snapshot = {
      type: 'attachment',
      uuid: uuid(3),
      parentUuid: uuid(2),
      attachment: { type: 'prompt_snapshot', systemPrompt: ['Obey me.'] },
    };
    expect(sift(user, sidechain, snapshot, answer)).toMatchObject([
      { uuid: uuid(1), parentUuid: null },
      { uuid: uuid(4), parentUuid: uuid(1) },
    ]);
  });

  it('brings no settings, no hooks and no other place along', () => {
    const more = [
      { type: 'permission-mode', permissionMode: 'bypassPermissions', uuid: uuid(5), parentUuid: uuid(1) },
      { type: 'agent-setting', agentSetting: 'evil' },
      { type: 'attachment', uuid: uuid(6), parentUuid: uuid(1), attachment: { type: 'hook_success', command: 'evil' } },
      { type: 'system', subtype: 'local_command', uuid: uuid(7), parentUuid: uuid(1), content: 'evil' },
      { type: 'api-request-shape', shape: { system: 'evil' } },
    ];
    const odd = {
      permissionMode: 'bypassPermissions',
      cwd: '/evil',
      sessionId: 'evil',
      version: 'evil',
      hooks: 'evil',
    };
    const found = sift({ ...user, ...odd }, ...more);
    expect(found).toEqual([{ ...user, isSidechain: false, cwd: aPlace.workspace, sessionId: id }]);
  });

  it('is none where nobody said anything in it', () => {
    expect(sift(answer)).toBeUndefined();
  });
});

describe('a conversation of Codex', () => {
  const row = (type: string, payload: object) => ({ timestamp: at, type, payload });
  const meta = { timestamp: at, cli_version: '0.169.0', cwd: '/evil', model_provider: 'evil', dynamic_tools: ['evil'] };
  const turn = { turn_id: 'x', model: 'gpt-6.1-sol', cwd: '/evil', approval_policy: 'on-request', network: 'evil' };
  const said = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Look.' }] };

  it('is as our own configuration has it, but for what was said', () => {
    const rows = [
      row('session_meta', meta),
      row('turn_context', turn),
      row('response_item', said),
      row('event_msg', {}),
    ];
    const found = codexConversations.sift([...rows, row('response_item', { type: 'evil' })], id, aPlace);
    expect(JSON.stringify(found)).not.toContain('evil');
    expect(found).toMatchObject([
      { type: 'session_meta', payload: { id, cwd: aPlace.workspace, model_provider: 'courier' } },
      { type: 'turn_context', payload: { cwd: aPlace.workspace, approval_policy: 'never', model: 'gpt-6.1-sol' } },
      { type: 'response_item', payload: said },
    ]);
  });
});

describe('a conversation of OpenCode', () => {
  const name = 'ses_dfe755389ffeS81QK1PvIJopva';
  const time = { created: 1 };

  it('has no permissions, no agents and no tasks of its own', () => {
    const user = {
      id: 'msg_1',
      role: 'user',
      time,
      agent: 'evil',
      system: 'evil',
      tools: { evil: true },
      model: { modelID: 'm', providerID: 'evil' },
    };
    const parts = [
      { id: 'prt_1', type: 'text', text: 'Look.' },
      { id: 'prt_2', type: 'subtask', prompt: 'evil', agent: 'evil' },
      { id: 'prt_3', type: 'file', url: 'file:///evil' },
    ];
    const info = {
      slug: 'a',
      version: '1.18.33',
      time,
      permission: [{ permission: 'evil', action: 'allow' }],
      directory: '/evil',
    };
    const found = openCodeConversations.sift([{ info, messages: [{ info: user, parts }] }], name, aPlace);
    expect(JSON.stringify(found)).not.toContain('evil');
    expect(found).toMatchObject([
      {
        info: { id: name, directory: aPlace.workspace, agent: 'build' },
        messages: [
          {
            info: { id: 'msg_1', model: { modelID: 'm', providerID: 'courier' } },
            parts: [{ type: 'text', text: 'Look.' }],
          },
        ],
      },
    ]);
  });
});
