import { afterEach, describe, expect, it } from 'vitest';
import { aFinding } from '../scripted-session.ts';
import { type E2bBed, ended, openE2bBed, whyNoE2bBed, write } from './e2b-bed.ts';
import { longest, type Programs, programOf } from './program-bed.ts';
import { done, shell, type Turns } from './spoken-models.ts';

const timeout = longest.test;
const asIs = { ...aFinding, title: 'one' };
const question = { id: 'q1', question: 'Is the search public?', blocking: true };
/** Who looks for the key finds it nowhere. */
const look = 'cat src/app.ts; env; cat /proc/*/environ /proc/*/cmdline 2>/dev/null | tr "\\0" "\\n"';

const outputsOf = ({ events }: E2bBed) =>
  events.flatMap((event) => (event.type === 'tool-result' ? [event.output] : [])).join('\n');

/** What an agent tool of others comes to at E2B, where it reaches nothing but its model: on the emulator, with the real program. */
export function describeAtE2b(tool: Programs, { whole = true }: { whole?: boolean } = {}): void {
  const missing = whyNoE2bBed();
  const left = missing === undefined ? '' : ` (left out: ${missing})`;
  describe.skipIf(missing !== undefined)(`${tool}, the real program at E2B, emulated${left}`, () => {
    const { can } = programOf(tool);
    const beds: E2bBed[] = [];
    const open = async (turns: Turns, more: Parameters<typeof openE2bBed>[2] = {}) => {
      const bed = await openE2bBed(tool, turns, more);
      beds.push(bed);
      return bed;
    };
    afterEach(async () => {
      for (const bed of beds.splice(0)) await bed.close();
    });

    it('scans with the key outside, hands over in files, rests at a question, and goes on when it is answered', {
      timeout,
    }, async () => {
      const bed = await open([
        ...[
          shell(look),
          write('issues.json', { id: 'r1', ...asIs }),
          write('questions.json', { questions: [question] }),
        ],
        ...[{ text: 'I wait.' }, write('issues.json', { id: 'r2', ...asIs, title: 'two' }), ended, done],
      ]);
      const parked = await bed.run({ questions: 'block' });
      expect(parked).toMatchObject({ ending: 'parked', questions: ['q1'], iterations: 4 });
      expect(parked.usage.outputTokens).toBeGreaterThan(0);
      expect(outputsOf(bed)).toContain('db.query');
      expect(outputsOf(bed) + JSON.stringify(bed.journal)).not.toContain(bed.model.key);
      await bed.rest();
      const answers = [{ questionId: 'q1', from: 'maria', text: 'It is public.' }];
      const resume = { from: 'journal', entries: bed.journal, sandbox: 'kept', answers } as const;
      const result = await bed.run({ questions: 'block' }, { resume });
      expect(result).toMatchObject({ ending: 'finished', finalText: 'Looked at all of it.', iterations: 7 });
      // The files are taken over one after the other while it works, each in its own order.
      const linesOf = (name: string) => result.handedOver?.flatMap(({ file, line }) => (file === name ? [line] : []));
      expect(linesOf('issues.json')).toMatchObject([{ title: 'one' }, { title: 'two' }]);
      expect(linesOf('questions.json')).toMatchObject([{ questions: [question] }]);
      expect(result.handedOver).toHaveLength(3);
      expect(bed.model.bodies()[4]).toContain('It is public.');
      // Told over the whole conversation by some: nothing counts twice.
      expect(result.usage.outputTokens).toBeLessThan(3 * parked.usage.outputTokens);
      const { sandboxes, violations } = await bed.e2b.look();
      expect([sandboxes.length, violations]).toEqual([1, []]);
    });

    it.runIf(whole)(
      'gets the key itself only where that is accepted, and does nothing otherwise',
      { timeout },
      async () => {
        const refused = await open([], { rules: false });
        expect(await refused.run()).toMatchObject({
          ending: 'failed',
          reason: expect.stringMatching(/rules are not available for your team.*sandbox\.modelKey: inside/),
        });
        const accepted = await open([shell(look), ended, done], { rules: false, modelKey: 'inside' });
        expect(await accepted.run()).toMatchObject({ ending: 'finished' });
        expect(outputsOf(accepted)).toContain(accepted.model.key);
      },
    );

    it.runIf(whole && can.resume)('writes down what it has at the limit of its turns', { timeout }, async () => {
      const bed = await open(({ texts, index }) => {
        if (!texts.includes('this is your last turn')) return shell(`echo turn ${index}; sleep 1`);
        return texts.includes('written down')
          ? done
          : shell(`echo '${JSON.stringify({ id: 'r1', ...asIs })}' >> /home/user/issues.json; echo written down`);
      });
      const result = await bed.run({ maxIterations: 3 });
      expect(result).toMatchObject({ ending: 'limited', stopReason: 'iterations', iterations: 3 });
      expect(result.handedOver).toMatchObject([{ line: { title: 'one' } }]);
    });

    it.runIf(whole)('fails as it does elsewhere where its API does', { timeout }, async () => {
      const bed = await open(() => ({ error: { status: 401, type: 'authentication_error', message: 'scripted' } }));
      expect(await bed.run()).toMatchObject({
        ending: 'failed',
        reason: expect.stringContaining('refused the key (401)'),
      });
    });
  });
}
