import { createReadStream } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { extractFindings } from '../findings/extract/extract-findings.ts';
import { messageOf, UserError } from '../lib/errors.ts';
import { toPlainLine } from '../reports/plain-text.ts';
import type { Command } from './command.ts';
import { exitCodes } from './terminal.ts';

const mostBytes = 50 * 1024 * 1024;

export const extractCommand: Command = {
  name: 'extract',
  summary: "Reads an agent's output file, however malformed, and prints {outcome, issues, rejected} as JSON.",
  operand: { name: 'FILE', required: true, meaning: 'The file, or - for standard input; at most 50 MB.' },
  options: z.object({}),
  flags: ['json', 'no-color'],
  async run({ operands }, { terminal }) {
    const file = operands[0] ?? '-';
    const source = file === '-' ? terminal.stdin : createReadStream(path.resolve(terminal.cwd, file));
    const { outcome, issues, verdicts, rejected, notes } = extractFindings(
      await readBytes(source, file === '-' ? 'standard input' : file),
    );
    terminal.stdout.write(
      `${JSON.stringify({ outcome, issues, ...(verdicts.length > 0 ? { verdicts } : {}), rejected }, null, 2)}\n`,
    );
    for (const note of notes) terminal.stderr.write(`${toPlainLine(note)}\n`);
    return outcome === 'no-json' ? exitCodes.incomplete : exitCodes.done;
  },
};

async function readBytes(source: AsyncIterable<string | Uint8Array>, name: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of source) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > mostBytes) throw new UserError(`${name} is larger than 50 MB.`);
      chunks.push(bytes);
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(whyUnreadable(error, name), { cause: error });
  }
  return Buffer.concat(chunks);
}

function whyUnreadable(error: unknown, name: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return `There is no file ${name}.`;
  if (code === 'EISDIR') return `${name} is a folder, not a file.`;
  return `Cannot read ${name}: ${messageOf(error)}`;
}
