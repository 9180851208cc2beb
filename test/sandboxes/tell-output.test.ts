import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutputChunk } from '../../src/sandboxes/sandbox.ts';
import { createOutputTeller } from '../../src/sandboxes/tell-output.ts';

function listen(mostBytes?: number) {
  const chunks: OutputChunk[] = [];
  const teller = createOutputTeller((chunk) => void chunks.push(chunk), mostBytes);
  const said = (name: OutputChunk['stream']) =>
    chunks.map(({ stream, text }) => (stream === name ? text : '')).join('');
  return { teller, chunks, said };
}

describe('telling an output while it comes', () => {
  it('tells what the whole would read like, however it is cut into pieces, each stream for itself', () => {
    const pieces = fc.array(fc.tuple(fc.constantFrom('stdout' as const, 'stderr' as const), fc.uint8Array()));
    const words = fc.string({ unit: 'binary' }).map((text) => [...Buffer.from(`\ufeff${text}`)]);
    fc.assert(
      fc.property(pieces, words, (random, bytes) => {
        const { teller, said, chunks } = listen();
        const whole = { stdout: [...bytes], stderr: [...bytes] };
        for (const byte of bytes) {
          for (const stream of ['stdout', 'stderr'] as const) teller.add(stream, Uint8Array.of(byte));
        }
        for (const [stream, more] of random) {
          teller.add(stream, more);
          whole[stream].push(...more);
        }
        teller.end();
        for (const stream of ['stdout', 'stderr'] as const) {
          expect(said(stream)).toBe(Buffer.from(whole[stream]).toString('utf8'));
        }
        expect(chunks.every(({ text }) => text !== '')).toBe(true);
      }),
    );
  });

  it('ends at its bound, without half a character, and counts no further', () => {
    const { teller, said } = listen(4);
    teller.add('stdout', Buffer.from('aéé'));
    teller.add('stdout', Buffer.from('more'));
    teller.add('stderr', Buffer.from('err'));
    teller.end();
    expect([said('stdout'), said('stderr'), teller.heard('stdout')]).toEqual(['aé', 'err', 4]);
  });

  it('tells nothing after its end', () => {
    const { teller, chunks } = listen();
    teller.end();
    teller.add('stdout', Buffer.from('late'));
    expect(chunks).toEqual([]);
  });
});
