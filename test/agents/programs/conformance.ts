import { afterEach, describe, expect, it } from 'vitest';
import type { AgentEvent } from '../../../src/agents/agent.ts';
import { aFinding } from '../scripted-session.ts';
import {
  type Bed,
  call,
  done,
  finish,
  openBed,
  type Programs,
  programOf,
  shell,
  type Turn,
  type Turns,
  whatIsMissing,
} from './program-bed.ts';

const timeout = 120_000;
const question = { question: 'Is the search public?', blocking: true };
const report = (title: string) => call('report_finding', { ...aFinding, title });
const overloaded: Turn = { error: { status: 529, type: 'overloaded_error', message: 'Overloaded' } };

const typesIn = (events: readonly AgentEvent[]) => new Set(events.map(({ type }) => type));
const noticesIn = (events: readonly AgentEvent[]) =>
  events.flatMap((event) => (event.type === 'notice' ? [event.text] : [])).join('\n');

/** What every agent tool of others comes to, with the real program in a local sandbox. */
export async function describeProgram(tool: Programs): Promise<void> {
  const missing = await whatIsMissing(tool);
  const { can } = programOf(tool);
  const left = missing === undefined ? '' : ` (left out: ${missing})`;
  describe.skipIf(missing !== undefined)(`${tool}, the real program in a local sandbox${left}`, () => {
    const beds: Bed[] = [];
    const open = async (turns: Turns, more: Parameters<typeof openBed>[2] = {}) => {
      const bed = await openBed(tool, turns, more);
      beds.push(bed);
      return bed;
    };
    afterEach(async () => {
      for (const bed of beds.splice(0)) await bed.close();
    });

    it('hands over what it finds, and is done when it says so', { timeout }, async () => {
      const bed = await open([shell('cat src/app.ts'), report('one'), report('two'), report('three'), finish, done]);
      const result = await bed.run();
      expect(result).toMatchObject({ ending: 'finished', iterations: 5, finalText: 'Looked at all of it.' });
      expect(await bed.lines('issues.json')).toMatchObject([{ title: 'one' }, { title: 'two' }, { title: 'three' }]);
      expect(result.usage.outputTokens).toBeGreaterThan(0);
      expect(bed.model.calls()).toBe(6);
      expect([...typesIn(bed.events)]).toEqual(
        expect.arrayContaining(['iteration', 'usage', 'tool-use', 'tool-result', 'handed-over', 'message']),
      );
      expect(bed.events.filter(({ type }) => type === 'tool-use')).toHaveLength(5);
      const shown = bed.events.find((event) => event.type === 'tool-use' && event.tool === 'bash');
      const results = bed.events.filter((event) => event.type === 'tool-result');
      expect(shown).toMatchObject({ input: { command: expect.stringContaining('cat src/app.ts') } });
      expect(results[0]).toMatchObject({ ok: true, output: expect.stringContaining('db.query') });
    });

    it('holds neither the key nor a way to anybody but its model', { timeout }, async () => {
      const look = 'env; cat /proc/*/environ /proc/*/cmdline 2>/dev/null | tr "\\0" "\\n"; getent hosts example.com';
      const bed = await open([shell(look), finish, done]);
      await bed.run();
      const shown = bed.events.flatMap((event) => (event.type === 'tool-result' ? [event.output] : [])).join('\n');
      expect(shown).toContain('courier-');
      expect(shown).not.toContain('sk-real');
      expect(JSON.stringify(bed.journal)).not.toContain('sk-real');
    });

    it.runIf(can.resume)('is reminded once where it ends without a word that it is done', { timeout }, async () => {
      const bed = await open([done, finish, done]);
      expect(await bed.run()).toMatchObject({ ending: 'finished' });
    });

    it('is not believed to be done where it never says so', { timeout }, async () => {
      const never = await open([done, done]);
      expect(await never.run()).toEqual(
        expect.objectContaining({
          ending: 'unfinished',
          reason: `The agent stopped without calling finish${can.resume ? ', also after a reminder' : ''}.`,
        }),
      );
    });

    it.runIf(can.resume)(
      'gets one more run to hand over what it has, at the limit of its turns',
      { timeout },
      async () => {
        const bed = await open(({ texts, index }) => {
          if (texts.includes('this is your last turn')) return texts.includes('Stored as r1') ? finish : report('late');
          return shell(`echo turn ${index}`);
        });
        const result = await bed.run({ maxIterations: 3 });
        expect(result).toMatchObject({ ending: 'limited', stopReason: 'iterations', iterations: 3 });
        expect(await bed.lines('issues.json')).toMatchObject([{ title: 'late' }]);
        expect(bed.model.calls()).toBeLessThanOrEqual(6);
      },
    );

    it('spends no more than its budget', { timeout }, async () => {
      const bed = await open(({ texts }) => (texts.includes('this is your last turn') ? finish : shell('echo more')));
      const result = await bed.run({ budgetUsd: 0.25 });
      expect(result).toMatchObject({ ending: 'limited', stopReason: 'budget' });
      expect(result.costUsd ?? 0).toBeLessThanOrEqual(0.25);
    });

    it('rests at a question that must be answered, and goes on with the answer where it was', { timeout }, async () => {
      const bed = await open(({ texts }) => {
        if (texts.includes('It is public.')) return texts.includes('Looked at all of it') ? done : finish;
        if (texts.includes('The session rests')) return { text: 'I wait.' };
        return {
          uses: [
            { call: 'ask_question', input: question },
            { call: 'report_finding', input: aFinding },
          ],
        };
      });
      const parked = await bed.run({ questions: 'block' });
      expect(parked).toMatchObject({ ending: 'parked', questions: ['q1'] });
      const calls = bed.model.calls();
      const resume = { from: 'journal', entries: bed.journal, sandbox: 'kept' } as const;
      expect(await bed.run({ questions: 'block' }, { resume })).toMatchObject({ ending: 'parked', questions: ['q1'] });
      expect(bed.model.calls()).toBe(calls);
      const answers = [{ questionId: 'q1', from: 'maria', text: 'It is public.' }];
      expect(await bed.run({ questions: 'block' }, { resume: { ...resume, answers } })).toMatchObject({
        ending: 'finished',
      });
      expect(bed.model.bodies().at(-1)).toContain('Is the search public?');
      expect(await bed.lines('issues.json')).toHaveLength(1);
    });

    it('begins anew with what it had found, where its sandbox is gone', { timeout }, async () => {
      const first = await open([report('before the end'), { text: 'thinking', stallAfterEvents: 1 }]);
      const stop = new AbortController();
      const stopped = await first.run(
        {},
        {
          stop: stop.signal,
          onEvent: (event) => event.type === 'tool-result' && stop.abort(),
        },
      );
      expect(stopped).toMatchObject({ ending: 'stopped', stopReason: 'user' });
      const second = await open([finish, done]);
      const resume = { from: 'journal', entries: first.journal, sandbox: 'fresh' } as const;
      expect(await second.run({}, { resume })).toMatchObject({ ending: 'finished' });
      expect(second.model.bodies()[0]).toContain('before the end');
      expect(noticesIn(second.events)).toContain('begins anew');
      expect(await second.lines('issues.json')).toMatchObject([{ title: 'before the end' }]);
    });

    it('hears what people write while it works', { timeout }, async () => {
      const bed = await open(({ texts }) => {
        if (texts.includes('Leave the tests out.')) return texts.includes('Looked at all of it') ? done : finish;
        return shell('sleep 0.2; echo work');
      });
      let told = false;
      const messages = async () => {
        if (told) return [];
        told = true;
        return [{ id: 'm1', from: 'maria', text: 'Leave the tests out.' }];
      };
      expect(await bed.run({}, { messages })).toMatchObject({ ending: 'finished' });
      expect(bed.events).toContainEqual({ type: 'heard', id: 'm1', from: 'maria', text: 'Leave the tests out.' });
    });

    it('is ended at once, and what it handed over is kept', { timeout }, async () => {
      const bed = await open([report('kept'), shell('sleep 300')]);
      const kill = new AbortController();
      let answers = 0;
      const onEvent = (event: AgentEvent) => {
        // The second answer is the one that has it sleep.
        if (event.type === 'usage') answers += 1;
        if (answers === 2) kill.abort();
      };
      const result = await bed.run({}, { signal: kill.signal, onEvent });
      expect(result).toMatchObject({ ending: 'aborted' });
      expect(result.handedOver).toMatchObject([{ line: { title: 'kept' } }]);
    });

    it.each([
      [401, 'authentication_error', /refused the key \(401\)/],
      [429, 'rate_limit_error', /limits the rate of requests \(429\)/],
      [529, 'overloaded_error', /is overloaded/],
      [500, 'api_error', /failed/],
    ])('fails as the built-in agent does where the API says %i', { timeout }, async (status, type, reason) => {
      const bed = await open(() => ({ error: { status, type, message: 'scripted' } }));
      expect(await bed.run()).toMatchObject({ ending: 'failed', reason: expect.stringMatching(reason) });
    });

    it('goes on where the API was overloaded for a while, and tells so', { timeout }, async () => {
      const bed = await open([overloaded, overloaded, finish, done]);
      expect(await bed.run()).toMatchObject({ ending: 'finished' });
      expect(bed.events.filter(({ type }) => type === 'retry')).toHaveLength(2);
    });

    it('fails where nobody answers', { timeout }, async () => {
      const bed = await open([], { upstream: 'http://127.0.0.1:9' });
      expect(await bed.run()).toMatchObject({
        ending: 'failed',
        reason: expect.stringContaining('could not be reached'),
      });
    });

    it('does not wait for ever for an answer that falls silent', { timeout }, async () => {
      const bed = await open(() => ({ text: 'I am about to say', stallAfterEvents: 2 }));
      expect(await bed.run()).toMatchObject({ ending: 'stopped', stopReason: 'stall' });
    });

    it('goes on where an answer broke off', { timeout }, async () => {
      const bed = await open([{ text: 'I am about to', breakAfterEvents: 2 }, finish, done, done]);
      expect(await bed.run()).toMatchObject({ ending: 'finished' });
    });
  });
}
