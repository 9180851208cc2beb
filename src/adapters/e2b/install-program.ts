import { Buffer } from 'node:buffer';
import { ExternalError } from '../../lib/errors.ts';
import { oneLine, truncate } from '../../lib/text.ts';
import { type PackedProgram, type ProgramName, programsInside } from '../../sandboxes/program-package.ts';
import { place, quoteLine } from './guest-scripts.ts';
import type { Inside } from './inside.ts';

const partBytes = 16 << 20;
const unpackMs = 300_000;

/** Brings a program in: nobody inside but root can write to it, and no host is open meanwhile. */
export async function installProgram(
  name: ProgramName,
  { archive }: PackedProgram,
  { run, send }: Pick<Inside, 'run' | 'send'>,
): Promise<void> {
  const parts = `${place}/program`;
  let number = 0;
  for await (const part of inParts(archive())) {
    await send(`${parts}/${String(number).padStart(6, '0')}`, part);
    number += 1;
  }
  const unpack = [
    'set -e -o pipefail; umask 022',
    // Where an answer is lost it is asked for again, while the first may still be at it.
    `exec 9>${place}/program.lock; flock 9`,
    `[ -d ${parts} ] || exit 0`,
    `rm -rf ${programsInside}/${name}; mkdir -p ${programsInside}/${name}`,
    `cat ${parts}/* | tar -xzf - -C ${programsInside}/${name} --no-same-owner`,
    `chmod -R a+rX,go-w ${programsInside}; rm -rf ${parts}`,
  ].join('\n');
  const { exitCode, stderr } = await run(`/bin/bash -p -c ${quoteLine([unpack])}`, { timeoutMs: unpackMs });
  if (exitCode === 0) return;
  throw new ExternalError(
    `An agent tool could not be brought into the E2B sandbox: ${truncate(oneLine(stderr), 300)}`,
    {
      hint: 'A template needs a root user, tar and gzip for it, and room for 1 GB, as the template base has them.',
    },
  );
}

async function* inParts(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    held.push(chunk);
    size += chunk.length;
    if (size < partBytes) continue;
    yield Buffer.concat(held);
    [held, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(held);
}
