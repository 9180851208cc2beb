import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Program, ProgramEnd, ProgramEvent } from '../../../src/agents/programs/program.ts';

/** What a program's reader makes of lines that the real one wrote here, against a model server on loopback. */
export function readRecorded(
  program: Program,
  name: string,
  exit: { exitCode: number; stderr: string } = { exitCode: 0, stderr: '' },
): { events: ProgramEvent[]; end: ProgramEnd } {
  const reader = program.createReader();
  const text = readFileSync(new URL(`../../fixtures/programs/${program.tool}/${name}.ndjson`, import.meta.url), 'utf8');
  const events = text.split('\n').flatMap((line) => reader.read(line));
  return { events, end: reader.end(exit) };
}

/** Whatever is written where a program writes its events, its reader goes on, and takes nothing for an end that is none. */
export function expectUnbreakable(program: Program, types: readonly string[]): void {
  const anything = fc.record(
    {
      type: fc.constantFrom(...types, 'new_type'),
      sessionID: fc.oneof(fc.string(), fc.jsonValue()),
      part: fc.jsonValue(),
      error: fc.jsonValue(),
      stats: fc.jsonValue(),
      status: fc.oneof(fc.constant('error'), fc.jsonValue()),
    },
    { requiredKeys: ['type'] },
  );
  const line = fc.oneof(
    fc.string(),
    fc.json(),
    anything.map((value) => JSON.stringify(value)),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const reader = program.createReader();
      for (const text of lines) expect(Array.isArray(reader.read(text))).toBe(true);
      expect(typeof reader.end({ exitCode: 0, stderr: '' }).end).toBe('string');
    }),
  );
}
