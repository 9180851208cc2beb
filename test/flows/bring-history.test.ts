import { describe, expect, it } from 'vitest';
import { renderPrompt } from '../../src/agents/prompt.ts';
import { bringHistory } from '../../src/flows/bring-history.ts';
import { silentLog } from '../../src/lib/log.ts';
import { aTask } from '../agents/scripted-session.ts';
import { aRepository } from './ports.ts';

const bundle = Buffer.from('# v2 git bundle\n');
const bring = async (prompt: string, { broken = false, shallow = false } = {}) => {
  const written: string[] = [];
  const history = async () => (shallow ? { none: 'the checkout is shallow' } : { bundle });
  const sandbox = {
    async writeFile(path: string, data: string | Uint8Array) {
      if (broken) throw new Error('full');
      written.push(`${path} ${data.length}`);
    },
    async exec(command: readonly string[]) {
      written.push(command.join(' '));
      return { exitCode: 0, stdout: '', stderr: '', timedOut: false, truncated: false, durationMs: 1 };
    },
  };
  const ports = { repository: aRepository({}, { history }), log: silentLog };
  const brought = await bringHistory(prompt, sandbox, ports);
  return { written, ...brought, said: renderPrompt(aTask(brought), { workspace: '/w', now: 0 }).system[1] ?? '' };
};

describe('the history of the repository', () => {
  it.each(['Find regressions of the last month.', 'Use git blame.', 'Look at recent commits'])(
    'comes along: %s',
    async (prompt) => {
      const { written, said } = await bring(prompt);
      expect(written).toEqual([`/tmp/history.bundle ${bundle.length}`, 'chmod 0444 /tmp/history.bundle']);
      expect(said).toContain('git clone -q /tmp/history.bundle');
    },
  );

  it.each(['Find injection flaws.', 'Is the digit parser right?'])('stays away: %s', async (prompt) => {
    const { written, history, said } = await bring(prompt);
    expect([written, history]).toEqual([[], undefined]);
    expect(said).not.toContain('history');
  });

  it('is said to be absent where there is none, or no room for it, and the scan goes on', async () => {
    expect((await bring('history', { shallow: true })).said).toContain(
      'Its history is not here: the checkout is shallow.',
    );
    expect((await bring('history', { broken: true })).said).toContain('Its history is not here: it did not fit');
  });
});
