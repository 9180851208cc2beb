import { describe, expect, it } from 'vitest';
import { cleanConversation } from '../../src/sessions/clean-conversation.ts';
import { readTranscript, renderTranscriptLine } from '../../src/sessions/transcript.ts';

const clean = (text: string) => text.replaceAll('hunter2', '***');

describe('the conversation of an agent tool, as it is kept', () => {
  it('is without secrets, wherever they stand, and else as it was', () => {
    const row = { type: 'user', list: [null, 1, { hunter2: ['a hunter2', true] }] };
    expect(cleanConversation([row], clean)).toEqual([{ type: 'user', list: [null, 1, { '***': ['a ***', true] }] }]);
  });

  it('leaves thinking as it was signed, or leaves it out', () => {
    const kept = { type: 'thinking', thinking: 'It is there.', signature: 'hunter2==' };
    const told = { type: 'thinking', thinking: 'The key is hunter2.', signature: 'abc' };
    const rows = [{ message: { content: [kept, told, { type: 'text', text: 'hunter2' }] } }];
    expect(cleanConversation(rows, clean)).toEqual([{ message: { content: [kept, { type: 'text', text: '***' }] } }]);
    const payload = { type: 'reasoning', summary: [{ text: 'hunter2' }], encrypted_content: 'x' };
    expect(cleanConversation([{ type: 'response_item', payload }], clean)).toEqual([{ type: 'response_item' }]);
  });

  it('comes back from a transcript that everybody can read, and from none that is another session’s', () => {
    const entry = {
      ...({ type: 'conversation', tool: 'codex', version: '1.0.0', id: 'c1' } as const),
      rows: [{ type: 'user', text: 'hunter2, my dog' }],
    };
    const line = renderTranscriptLine('s', entry, { session: 'S1', clean, key: 'the key of the ledger' });
    // What is sealed may spell a short word by chance, and no space.
    expect(line).not.toContain('my dog');
    const read = (session: string) => readTranscript(line, 's', { session, key: 'the key of the ledger' }).entries;
    expect(read('S1')).toEqual([{ ...entry, rows: [{ type: 'user', text: '***, my dog' }] }]);
    expect(read('S2')).toEqual([]);
  });
});
