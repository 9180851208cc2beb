import { afterEach, describe, expect, it } from 'vitest';
import { ExternalError } from '../../src/lib/errors.ts';
import type { SandboxProvider, SandboxSpec } from '../../src/sandboxes/sandbox.ts';
import { Discovery } from '../../src/sessions/discovery.ts';
import type { AcceptedRequest } from '../fakes/anthropic/check-request.ts';
import type { ScriptedReply } from '../fakes/anthropic/script.ts';
import { listedIn, type ScriptedScans, startScans } from './scripted-scans.ts';

const config = (budgetUsd: number) =>
  `presets: none\nissueAgent: { budgetUsd: ${budgetUsd} }\nscans:\n  bugs: { prompt: Find bugs. }\n`;

/** Four packages of 60,000 lines, too much for one agent. */
function aLargeTree(budgetUsd = 8): Record<string, string> {
  const file = (path: string) => Array.from({ length: 2000 }, (_, line) => `let v${line} = '${path}';\n`).join('');
  const paths = Array.from({ length: 120 }, (_, index) => `packages/p${index % 4}/src/f${index}.ts`);
  return { ...Object.fromEntries(paths.map((path) => [path, file(path)])), '.github/courier.yml': config(budgetUsd) };
}

const open: ScriptedScans[] = [];
afterEach(async () => {
  for (const scans of open.splice(0)) {
    expect(scans.sandboxes.made.every((sandbox) => sandbox.killed())).toBe(true);
    await scans.close();
  }
});

async function start(script: (number: number, turn: number, request: AcceptedRequest) => ScriptedReply, budgetUsd = 8) {
  const scans = await startScans(aLargeTree(budgetUsd), (request) => {
    const number = Number(/You are number (\d)/.exec(JSON.stringify(request.messages[0]))?.[1] ?? 0);
    return script(number, (request.messages.length - 1) / 2, request);
  });
  open.push(scans);
  return { ...scans, discovery: () => Discovery.parse(JSON.parse(scans.written.get('session.json') ?? '')) };
}

const finish: ScriptedReply = { toolUses: [{ name: 'finish', input: { summary: 'Looked at my part.' } }] };
const report = (input: object): ScriptedReply => ({ toolUses: [{ name: 'report_finding', input }] });

/** Gives out no sandbox before so many were asked for. */
function together(provider: SandboxProvider, many: number): SandboxProvider {
  let asked = 0;
  let release = () => {};
  const all = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    ...provider,
    async create(spec: SandboxSpec) {
      asked += 1;
      if (asked === many) release();
      await all;
      return provider.create(spec);
    },
  };
}

describe('a repository that is too large for one agent', () => {
  it('is looked at by several, side by side, each in a sandbox and a part of its own, as one scan', async () => {
    const lists = new Map<number, string[]>();
    const scans = await start((number, turn, request) => {
      if (turn > 0) return finish;
      const listed = listedIn(request);
      lists.set(number, listed);
      return { toolUses: [{ name: 'bash', input: { command: `cat ${listed[0]}` } }] };
    });
    const { session } = await scans.run({ sandboxes: together(scans.sandboxes, 4) });
    expect(session).toMatchObject({ result: 'complete', reasons: [] });
    expect(session.agents).toHaveLength(1);
    expect(session.agents[0]).toMatchObject({
      scan: 'bugs',
      ending: 'finished',
      outcome: 'complete',
      currentIteration: 8,
      coverage: { files: 121, looked: { files: 4 } },
    });
    expect(session.agents[0]?.parts?.map(({ ending }) => ending)).toEqual(Array(4).fill('finished'));
    expect(scans.sandboxes.made).toHaveLength(4);
    const firsts = [...lists.values()].map(([first = '']) => first.split('/')[1]);
    expect(new Set(firsts).size).toBe(4);
    for (const [number, listed] of lists)
      for (const [other, paths] of lists)
        if (number < other) expect(new Set(listed).isDisjointFrom(new Set(paths))).toBe(true);
    expect(scans.discovery().covered).toEqual([{ scan: 'bugs', paths: [] }]);
  });

  it('costs no more than its budget, whoever spends it', async () => {
    const scans = await start(
      (_number, turn) => ({ toolUses: [{ name: 'bash', input: { command: `ls ${turn}` } }], outputTokens: 4000 }),
      4,
    );
    const { session } = await scans.run();
    expect(session.agents[0]).toMatchObject({ ending: 'limited', stopReason: 'budget' });
    expect(session.agents[0]?.parts).toHaveLength(4);
    expect(session.costUsd).toBeLessThanOrEqual(4);
    expect(session.costUsd).toBeGreaterThan(2);
    expect(session.result).toBe('partial');
  });

  it('is left to one agent where the budget is too small to be shared', async () => {
    const scans = await start(() => finish, 1);
    const { session } = await scans.run();
    expect(session.agents[0]?.parts).toBeUndefined();
    expect(scans.sandboxes.made).toHaveLength(1);
  });

  it('has a problem once that two agents found, each in its own words, and both of two problems', async () => {
    const place = { path: 'packages/p0/src/f0.ts', startLine: 8 };
    const evidence = [{ path: place.path, startLine: 8, quote: "let v7 = 'packages/p0/src/f0.ts';" }];
    const found: Record<number, object> = {
      1: {
        title: 'v7 is never read',
        description: 'Nobody reads v7.',
        priority: 'low',
        category: 'bug',
        location: place,
        evidence,
      },
      2: {
        title: 'Dead store: v7 is not read',
        description: 'A value is stored in v7 for nothing.',
        priority: 'medium',
        category: 'bug',
        location: place,
        evidence,
      },
      3: {
        title: 'v8 shadows a global',
        description: 'The name v8 is taken.',
        priority: 'low',
        category: 'bug',
        location: { ...place, startLine: 9 },
        evidence: [{ path: place.path, startLine: 9, quote: "let v8 = 'packages/p0/src/f0.ts';" }],
      },
    };
    const scans = await start((number, turn) => {
      const finding = found[number];
      return finding && turn === 0 ? report(finding) : finish;
    });
    const { session, findings } = await scans.run();
    expect(session.raised).toHaveLength(2);
    expect(findings.map(({ title, severity }) => [title, severity])).toEqual([
      ['v7 is never read', 3],
      ['v8 shadows a global', 4],
    ]);
    expect(findings.every(({ origin }) => origin.name === 'bugs')).toBe(true);
  });

  it.each([true, false])(
    'is partly looked at where one of its agents failed (findings elsewhere: %s)',
    async (finds) => {
      const scans = await start((number, turn) => {
        if (!finds || number !== 4 || turn > 0) return finish;
        const quote = "let v7 = 'packages/p3/src/f3.ts';";
        const evidence = [{ path: 'packages/p3/src/f3.ts', startLine: 8, quote }];
        return report({ title: 'v7 is never read', description: 'Nobody reads v7.', category: 'bug', evidence });
      });
      let made = 0;
      const provider = scans.sandboxes;
      const sandboxes: SandboxProvider = {
        ...provider,
        async create(spec) {
          made += 1;
          if (made === 2) throw new ExternalError('no machine is left');
          return provider.create(spec);
        },
      };
      const { session, findings } = await scans.run({ sandboxes });
      expect(session.result).toBe('partial');
      expect(session.reasons.join()).toMatch(/3 of 4 parts were looked at to the end; part 2 .*no machine is left/);
      expect(findings).toHaveLength(finds ? 1 : 0);
      expect(scans.discovery().covered).toEqual([]);
    },
  );
});
