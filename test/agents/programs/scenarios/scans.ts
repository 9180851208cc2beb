import { expect } from 'vitest';
import { done, finish, shell } from '../spoken-models.ts';
import { asks, breakingIn, expectResumed } from './break-in.ts';
import { carries, noticesIn, report, resumes, type Scenario } from './scenario.ts';

const titles = [{ title: 'one' }, { title: 'two' }, { title: 'three' }];

/** The scripted scan: as it is meant, and as it goes where somebody breaks in. */
export const scans: readonly Scenario[] = [
  {
    name: 'hands over what it finds, and is done when it says so',
    // The long session has it.
    suite: [],
    async play({ open }) {
      const bed = await open([shell('cat src/app.ts'), report('one'), report('two'), report('three'), finish, done]);
      const result = await bed.run();
      expect(result).toMatchObject({ ending: 'finished', iterations: 5, finalText: 'Looked at all of it.' });
      expect(await bed.lines('issues.json')).toMatchObject(titles);
      expect(result.usage.outputTokens).toBeGreaterThan(0);
      for (const body of bed.model.bodies()) expect(body).toMatch(/"(max_\w*tokens|maxOutputTokens)":32000\b/);
      expect(bed.events.map(({ type }) => type)).toEqual(
        expect.arrayContaining(['iteration', 'usage', 'tool-use', 'tool-result', 'handed-over']),
      );
      const uses = bed.events.filter((event) => event.type === 'tool-use');
      expect(uses).toHaveLength(5);
      expect(uses[0]).toMatchObject({ tool: 'bash', input: { command: expect.stringContaining('cat src/app.ts') } });
      const [first] = bed.events.filter((event) => event.type === 'tool-result');
      expect(first).toMatchObject({ ok: true, output: expect.stringContaining('db.query') });
    },
  },
  {
    name: 'finds three problems and asks one question, is interrupted, is resumed with the answer, and finishes',
    // The long session has it.
    suite: [],
    async play({ tool, open }) {
      const before = [shell('cat src/app.ts'), report('one'), report('two'), asks];
      const after = [report('three'), finish, done];
      const { stop, turns } = breakingIn({ before, after });
      const bed = await open(turns);
      await expectResumed({ tool, bed }, await bed.run({}, { stop }), { titles, had: 'db.query', told: 'one' });
    },
  },
  {
    name: 'goes on with what it had found, where its sandbox is gone',
    // That of Claude Code and Codex, where they rest, is in carried.test.ts.
    suite: [],
    async play({ tool, open }) {
      const { stop, turns } = breakingIn({ before: [report('before the end')], after: [finish, done] });
      const first = await open(turns);
      expect(await first.run({}, { stop })).toMatchObject({ ending: 'stopped', stopReason: 'user' });
      const begun = first.model.calls();
      const second = await open([], { upstream: first.model.url });
      const resume = { from: 'journal', entries: first.journal, sandbox: 'fresh' } as const;
      expect(await second.run({}, { resume })).toMatchObject({ ending: 'finished' });
      expect(first.model.bodies()[begun]).toContain('before the end');
      expect(noticesIn(second.events)).toMatch(
        carries(tool) ? /Resumed from the transcript|its own conversation goes on/ : /begins anew/,
      );
      expect(await second.lines('issues.json')).toMatchObject([{ title: 'before the end' }]);
    },
  },
  {
    name: 'is not believed to be done where it never says so, after a reminder where it can be given one',
    suite: ['codex'],
    async play({ tool, open }) {
      const bed = await open([done, done]);
      expect(await bed.run()).toMatchObject({
        ending: 'unfinished',
        reason: `The agent stopped without calling finish${resumes(tool) ? ', also after a reminder' : ''}.`,
      });
    },
  },
  {
    name: 'is reminded once where it ends without a word that it is done',
    suite: ['claude-code'],
    of: resumes,
    async play({ open }) {
      const bed = await open([done, finish, done]);
      expect(await bed.run()).toMatchObject({ ending: 'finished' });
    },
  },
];
