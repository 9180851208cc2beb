import { expect } from 'vitest';
import { onlyRead } from '../hostile-repository.ts';
import { done, finish, read, shell, type Turn } from '../spoken-models.ts';
import { asks, breakingIn, expectResumed } from './break-in.ts';
import { expectNothingObeyed, expectNothingSeen, inHostileRepository, look } from './hostile.ts';
import { everyProgram, report, type Scenario } from './scenario.ts';

const overloaded: Turn = { error: { status: 529, type: 'overloaded_error', message: 'Overloaded' } };
const cut: Turn = { text: 'I am about to', breakAfterEvents: 2 };
const titles = [{ title: 'the first' }, { title: 'the second' }, { title: 'the third' }];

/** What a session may meet, in one: each start of a program costs seconds. */
export const whole: Scenario = {
  name: 'goes its way in a hostile repository: overloaded, broken off, interrupted, resumed with an answer, finished',
  suite: everyProgram,
  async play(stage) {
    const before = [
      ...[overloaded, shell(look), read('sub/read.txt'), report('the first'), cut],
      ...[report('the second'), asks],
    ];
    const after = [report('the third'), finish, done];
    const { stop, turns } = breakingIn({ before, after });
    const bed = await stage.open(turns, inHostileRepository);

    const first = await bed.run({}, { stop });
    // What broke off some ask for again without a word.
    expect(bed.events.find(({ type }) => type === 'retry')).toMatchObject({
      reason: expect.stringMatching(/overloaded/i),
    });
    // Where it reads with a tool of its own it looks for instructions beside the file; not each program tells what it read.
    expect(bed.model.bodies().join('\n')).toContain(onlyRead);

    await expectResumed({ tool: stage.tool, bed }, first, { titles, had: onlyRead, told: 'the first' });
    for (const body of bed.model.bodies()) expect(body).toMatch(/"(max_\w*tokens|maxOutputTokens)":32000\b/);
    await expectNothingObeyed(bed);
    expectNothingSeen(stage.tool, bed);
  },
};
