import { afterEach, describe, expect, it } from 'vitest';
import { createFolderMailbox } from '../../src/flows/local-mailbox.ts';
import { renderMail } from '../../src/sessions/mail.ts';
import type { AcceptedRequest } from '../fakes/anthropic/check-request.ts';
import type { ScriptedReply } from '../fakes/anthropic/script.ts';
import { type ScriptedScans, startScans } from './scripted-scans.ts';

const open: ScriptedScans[] = [];
afterEach(async () => {
  for (const scans of open.splice(0)) await scans.close();
});

async function start(files: Record<string, string>, script: (request: AcceptedRequest) => ScriptedReply) {
  const scans = await startScans(files, script);
  open.push(scans);
  return scans;
}

/** A folder's mailbox, in which a letter lies, that asks to stop, as soon as somebody put it there; nobody takes it out again. */
function aMailbox() {
  const letters: string[] = [];
  return {
    stop: () => {
      letters.push(renderMail({ id: 'l1', at: '2026-11-01T03:00:00Z', from: 'wanda', kind: 'stop', text: '' }));
    },
    mailbox: () => createFolderMailbox({ read: async () => letters.map((line) => `${line}\n`).join('') }),
  };
}

const finish: ScriptedReply = { toolUses: [{ name: 'finish', input: { summary: 'Looked at it.' } }] };
const look: ScriptedReply = { toolUses: [{ name: 'bash', input: { command: 'ls' } }] };
const report = (title: string, path: string, quote: string): ScriptedReply => ({
  toolUses: [
    {
      name: 'report_finding',
      input: {
        title,
        description: `${title}: nobody reads it.`,
        category: 'bug',
        evidence: [{ path, startLine: 1, quote }],
      },
    },
  ],
});
const promptOf = (request: AcceptedRequest) => JSON.stringify(request.messages[0]);
const turnOf = (request: AcceptedRequest) => (request.messages.length - 1) / 2;

describe('a session that was stopped and goes on', () => {
  it('does not run a scan again that had ended, goes on with the one that had not, and begins those that never did', async () => {
    const files = {
      'a.ts': 'let a = 1;\n',
      'b.ts': 'let b = 1;\n',
      'c.ts': 'let c = 1;\n',
      '.github/courier.yml':
        'presets: none\nscans:\n  one: { prompt: FIRST }\n  two: { prompt: SECOND }\n  three: { prompt: THIRD }\n',
    };
    const { stop, mailbox } = aMailbox();
    const asked: string[] = [];
    const scans = await start(files, (request) => {
      const [, name = ''] = /(FIRST|SECOND|THIRD)/.exec(promptOf(request)) ?? [];
      const turn = turnOf(request);
      asked.push(`${name} ${turn}`);
      if (name === 'FIRST') return turn === 0 ? report('a is unused', 'a.ts', 'let a = 1;') : finish;
      if (name === 'THIRD') return turn === 0 ? report('c is unused', 'c.ts', 'let c = 1;') : finish;
      if (turn === 1) stop();
      return [report('b is unused', 'b.ts', 'let b = 1;'), look][turn] ?? finish;
    });
    const stopped = await scans.run({ mailbox });
    expect(stopped.session).toMatchObject({ phase: 'stopped', stopReason: 'user', result: 'partial' });
    const before = asked.splice(0);
    expect(before).toEqual(['FIRST 0', 'FIRST 1', 'SECOND 0', 'SECOND 1']);
    const { session, findings } = await scans.goOn({ mailbox });
    expect(asked).toEqual(['SECOND 2', 'THIRD 0', 'THIRD 1']);
    expect(session).toMatchObject({ id: stopped.session.id, phase: 'completed', result: 'complete' });
    expect(session.agents.map(({ scan, ending, currentIteration }) => [scan, ending, currentIteration])).toEqual([
      ['one', 'finished', 2],
      ['two', 'finished', 3],
      ['three', 'finished', 2],
    ]);
    expect(findings.map(({ title }) => title).toSorted()).toEqual(['a is unused', 'b is unused', 'c is unused']);
    expect(session.costUsd).toBeGreaterThan(stopped.session.costUsd ?? 0);
  });

  it('goes on with each part of a large repository where its agent was', async () => {
    const file = (path: string) => Array.from({ length: 2000 }, (_, line) => `let v${line} = '${path}';\n`).join('');
    const paths = Array.from({ length: 120 }, (_, index) => `packages/p${index % 4}/src/f${index}.ts`);
    const files = {
      ...Object.fromEntries(paths.map((path) => [path, file(path)])),
      '.github/courier.yml': 'presets: none\nissueAgent: { budgetUsd: 8 }\nscans:\n  bugs: { prompt: Find bugs. }\n',
    };
    const { stop, mailbox } = aMailbox();
    const asked: string[] = [];
    const began = Promise.withResolvers<void>();
    const scans = await start(files, (request) => {
      const part = Number(/You are number (\d)/.exec(promptOf(request))?.[1]);
      const turn = turnOf(request);
      asked.push(`${part} ${turn}`);
      // The first of them is done when the others are stopped.
      if (part === 1) {
        began.resolve();
        return finish;
      }
      const path = `packages/p${part - 1}/src/f${part - 1}.ts`;
      if (turn === 0)
        return { ...report(`v0 of part ${part} is unused`, path, `let v0 = '${path}';`), until: began.promise };
      if (turn > 2) return finish;
      if (asked.filter((one) => one.endsWith(' 1')).length === 3) stop();
      return look;
    });
    const stopped = await scans.run({ mailbox });
    expect(stopped.session).toMatchObject({ phase: 'stopped', agents: [{ ending: 'stopped' }] });
    const before = new Set(asked.splice(0));
    const { session, findings } = await scans.goOn({ mailbox });
    expect(asked.filter((one) => one.startsWith('1 '))).toEqual([]);
    expect(asked.filter((one) => before.has(one))).toEqual([]);
    expect(session).toMatchObject({ phase: 'completed', result: 'complete', agents: [{ ending: 'finished' }] });
    expect(session.agents[0]?.parts?.map(({ ending }) => ending)).toEqual(Array(4).fill('finished'));
    expect(findings).toHaveLength(3);
    expect(session.costUsd).toBeLessThanOrEqual(8);
  });
});
