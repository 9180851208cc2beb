import { afterEach, describe, expect, it } from 'vitest';
import type { ProgramName } from '../../src/sandboxes/program-package.ts';
import type { Sandbox, SandboxFile, SandboxProvider } from '../../src/sandboxes/sandbox.ts';
import { programNames, realPrograms } from '../agents/programs/real-programs.ts';

async function* none(): AsyncGenerator<SandboxFile> {}
// No command that is meant to end comes near it, and no sandbox its end.
const timeoutMs = 120_000;
const lifetimeMs = 3_600_000;

/** What every provider promises of `SandboxSpec.program`, with the real programs. */
export function describePrograms(
  name: string,
  provider: SandboxProvider,
  { skip = false, programs = programNames }: { skip?: boolean; programs?: readonly ProgramName[] } = {},
): void {
  describe.skipIf(skip)(`agent tools in a sandbox: ${name}`, () => {
    const made: Sandbox[] = [];
    const create = async (program?: ProgramName) => {
      const sandbox = await provider.create({
        session: 'S-programs',
        lifetimeMs,
        files: none,
        ...(program ? { program } : {}),
      });
      made.push(sandbox);
      return sandbox;
    };
    const commandOf = ({ program }: Sandbox) => program?.command ?? expect.fail('the program is not there');
    const goesOn = async (sandbox: Sandbox, program: ProgramName) => {
      const ref = (await sandbox.pause?.()) ?? expect.fail('it cannot rest');
      const again = (await provider.resume?.(ref, { lifetimeMs, program })) ?? expect.fail('it is gone');
      made.push(again);
      const command = commandOf(again);
      expect(command).toEqual(commandOf(sandbox));
      expect((await again.exec([...command, '--version'], { timeoutMs })).exitCode).toBe(0);
    };
    afterEach(async () => {
      for (const sandbox of made.splice(0)) await sandbox.kill();
    });

    // What brings a program back is the same for all of them.
    const cases = programs.map((program, index) => {
      const resume = index === 0 && provider.resume !== undefined;
      return { program, resume, also: resume ? ', and it is there again where a sandbox goes on' : '' };
    });
    it.each(cases)('$program runs, and nothing inside can change it$also', async ({ program, resume }) => {
      const sandbox = await create(program);
      const command = commandOf(sandbox);
      const { version } = (await realPrograms.take(program)).program;
      expect(sandbox.program?.version).toBe(version);
      const said = await sandbox.exec([...command, '--version'], { timeoutMs });
      expect(said).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(version) });
      const file = command.at(-1) ?? '';
      const spoil = 'echo x >>"$1"; rm -f "$1"; mv "$1" "$1.old"; touch "$(dirname "$1")/y"; chmod u+w "$1"';
      const look = () => sandbox.exec(['stat', '-c', '%i %s %a %U %Y', file], { timeoutMs });
      const before = await look();
      expect(before.exitCode).toBe(0);
      expect((await sandbox.exec(['sh', '-c', spoil, 'sh', file], { timeoutMs })).exitCode).not.toBe(0);
      expect((await look()).stdout).toBe(before.stdout);
      if (resume) await goesOn(sandbox, program);
    });

    it('nobody finds one where none was asked for', async () => {
      const sandbox = await create();
      expect(sandbox.program).toBeUndefined();
      expect((await sandbox.exec(['ls', '/opt/courier'], { timeoutMs })).exitCode).not.toBe(0);
    });
  });
}
