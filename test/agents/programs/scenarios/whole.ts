import { expect } from 'vitest';
import { onlyRead } from '../hostile-repository.ts';
import { call, done, finish, read, shell, type Turn } from '../spoken-models.ts';
import { expectNothingObeyed, expectNothingSeen, inHostileRepository, look } from './hostile.ts';
import { everyProgram, noticesIn, report, resumes, type Scenario } from './scenario.ts';

const overloaded: Turn = { error: { status: 529, type: 'overloaded_error', message: 'Overloaded' } };
const cut: Turn = { text: 'I am about to', breakAfterEvents: 2 };
const asks = call('ask_question', { question: 'Is the search public?' });
const answers = [{ questionId: 'q1', from: 'maria', text: 'It is public.' }];
const titles = [{ title: 'the first' }, { title: 'the second' }, { title: 'the third' }];

/** What a session may meet, in one: each start of a program costs seconds. */
export const whole: Scenario = {
  name: 'goes its way in a hostile repository: overloaded, broken off, interrupted, resumed with an answer, finished',
  suite: everyProgram,
  async play(stage) {
    const stop = new AbortController();
    const before = [
      ...[overloaded, shell(look), read('sub/read.txt'), report('the first'), cut],
      ...[report('the second'), asks],
    ];
    const after = [report('the third'), finish, done];
    const asked = { before: 0, after: 0 };
    const bed = await stage.open((): Turn => {
      if (stop.signal.aborted) return after[asked.after++] ?? done;
      const turn = before[asked.before++];
      if (turn) return turn;
      stop.abort();
      return shell('sleep 1');
    }, inHostileRepository);

    const first = await bed.run({}, { stop: stop.signal });
    expect(first).toMatchObject({ ending: 'stopped', stopReason: 'user' });
    // What broke off some ask for again without a word.
    expect(bed.events.find(({ type }) => type === 'retry')).toMatchObject({
      reason: expect.stringMatching(/overloaded/i),
    });
    // Where it reads with a tool of its own it looks for instructions beside the file; not each program tells what it read.
    expect(bed.model.bodies().join('\n')).toContain(onlyRead);

    const begun = bed.model.calls();
    const resume = { from: 'journal', entries: bed.journal, sandbox: 'kept', answers } as const;
    const second = await bed.run({}, { resume });
    expect(second).toMatchObject({ ending: 'finished', finalText: 'Looked at all of it.' });
    expect(second.iterations).toBeGreaterThan(first.iterations);
    expect(second.usage.outputTokens).toBeGreaterThan(first.usage.outputTokens);
    expect(await bed.lines('issues.json')).toMatchObject(titles);
    expect(await bed.lines('questions.json')).toMatchObject([
      { questions: [{ id: 'q1', question: 'Is the search public?' }] },
    ]);
    expect(second.handedOver?.map(({ file }) => file)).toEqual([
      ...['issues.json', 'issues.json', 'questions.json', 'issues.json'],
    ]);
    const took = bed.model.bodies()[begun];
    expect(took).toContain('It is public.');
    // What it read is still there, or it is told what came of it.
    expect(took).toContain(resumes(stage.tool) ? onlyRead : 'the first');
    expect(noticesIn(bed.events)).toMatch(
      resumes(stage.tool) ? /Resumed from the transcript|its own conversation goes on/ : /begins anew/,
    );
    for (const body of bed.model.bodies()) expect(body).toMatch(/"(max_\w*tokens|maxOutputTokens)":32000\b/);
    expect(bed.model.refused()).toEqual([]);
    await expectNothingObeyed(bed);
    expectNothingSeen(stage.tool, bed);
  },
};
