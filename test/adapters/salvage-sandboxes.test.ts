import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createProcesses } from '../../src/adapters/local/processes.ts';
import { salvageSandboxes } from '../../src/adapters/local/salvage-sandboxes.ts';

import { leftOut, sandboxed } from '../acceptance/bed.ts';

const place = mkdtempSync(path.join(tmpdir(), 'courier-salvage-'));
afterEach(() => rmSync(place, { recursive: true, force: true }));

/** Above the largest number that Linux gives a process: nobody has it, nor comes to have it. */
const nobody = 4_194_305;

function aStorage(name: string, { session, pid }: { session: string; pid: number }): string {
  const storage = path.join(place, `courier-sandbox-${name}`);
  mkdirSync(path.join(storage, 'home'), { recursive: true });
  writeFileSync(path.join(storage, 'owner'), `${pid} ${hostname()}`);
  writeFileSync(path.join(storage, 'session'), session);
  writeFileSync(path.join(storage, 'home/issues.json'), `[{"title":"${name}"}]`);
  return storage;
}

describe('the local sandboxes of a session whose process died', () => {
  it('are removed, and what was reported in them is handed over', async () => {
    aStorage('dead', { session: 'S1', pid: nobody });
    aStorage('alive', { session: 'S1', pid: process.pid });
    aStorage('other', { session: 'S2', pid: nobody });
    const salvaged = await salvageSandboxes(place, 'S1');
    expect(salvaged.map((files) => new TextDecoder().decode(files['issues.json']))).toEqual(['[{"title":"dead"}]']);
    expect(readdirSync(place).sort()).toEqual(['courier-sandbox-alive', 'courier-sandbox-other']);
    expect(await salvageSandboxes(place, 'S1')).toEqual([]);
  });

  it('hand over no file of the host through a link', async () => {
    const storage = aStorage('trick', { session: 'S1', pid: nobody });
    rmSync(path.join(storage, 'home/issues.json'));
    symlinkSync('/etc/hostname', path.join(storage, 'home/issues.json'));
    expect(await salvageSandboxes(place, 'S1')).toEqual([{}]);
  });

  it('are none where there is no folder', async () => {
    expect(await salvageSandboxes(path.join(place, 'nowhere'), 'S1')).toEqual([]);
  });
});

describe('the processes of this machine', () => {
  it('are alive, gone, or on another machine, of which nobody can tell', () => {
    const { own, isAlive } = createProcesses();
    expect(isAlive(own)).toBe(true);
    expect(isAlive({ ...own, pid: nobody })).toBe(false);
    expect(isAlive({ ...own, host: `not-${own.host}` })).toBeUndefined();
  });
});

describe.skipIf(!sandboxed)(`a process that outlived the end of its sandbox${leftOut}`, () => {
  it('is ended with what the sandbox left, and no other', async () => {
    const start = (name: string) => {
      const storage = aStorage(name, { session: 'S1', pid: name === 'lost' ? nobody : process.pid });
      const inside = ['--unshare-pid', '--ro-bind', '/', '/', '--bind', path.join(storage, 'home'), '/mnt'];
      return spawn('bwrap', [...inside, 'sleep', '60'], { stdio: 'ignore' });
    };
    const [lost, other] = [start('lost'), start('other')];
    const ended = new Promise((resolve) => lost.on('exit', resolve));
    await vi.waitFor(
      async () => {
        await salvageSandboxes(place, 'S1');
        aStorage('lost', { session: 'S1', pid: nobody });
        expect(lost.exitCode ?? lost.signalCode).not.toBeNull();
      },
      { timeout: 400_000 },
    );
    await ended;
    expect(other.exitCode ?? other.signalCode).toBeNull();
    other.kill('SIGKILL');
  });
});
