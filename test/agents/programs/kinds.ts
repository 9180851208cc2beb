import { afterEach, describe, expect, it } from 'vitest';
import type { TaskKind } from '../../../src/agents/task-kinds.ts';
import { type Bed, longest, openBed, type Programs, whatIsMissing } from './program-bed.ts';
import { call, done, finish, shell } from './spoken-models.ts';

const timeout = longest.test;
const quote = { path: 'src/app.ts', startLine: 3, quote: 'return db.query("select " + q);' };

/** What a session of each kind hands over beside what a scan does, and the line that the host keeps of it. */
const kinds = {
  ask: {
    calls: [
      ['run_check', { name: 'types' }],
      ['answer', { text: 'By the search [1].', citations: [quote] }],
    ],
    kept: [{ file: 'answers.json', line: { answer: { text: 'By the search [1].', citations: [quote] } } }],
  },
  answer: {
    calls: [
      ['propose_assumption', { text: 'The search is public.', questionId: 'Q1', basis: [quote], confidence: 0.8 }],
      ['withdraw_question', { questionId: 'Q2', answer: 'It is in the code.', basis: [quote] }],
    ],
    kept: [
      { file: 'questions.json', line: { proposals: [{ id: 'p1', questionId: 'Q1' }] } },
      { file: 'questions.json', line: { withdrawals: [{ questionId: 'Q2' }] } },
    ],
  },
  plan: {
    calls: [
      ['record_assumption', { text: 'Nobody relies on it.' }],
      ['answer', { text: '1. Bind the parameter.' }],
    ],
    kept: [
      { file: 'questions.json', line: { assumptions: [{ id: 'a1' }] } },
      { file: 'answers.json', line: { answer: { text: '1. Bind the parameter.' } } },
    ],
  },
  implement: {
    calls: [['deliver', { summary: 'The parameter is bound.', test: 'grep -q bound src/app.ts' }]],
    kept: [{ file: 'work.json', line: { work: { summary: 'The parameter is bound.' } } }],
  },
  judge: {
    calls: [['judge', { verdict: 'send-back', reasons: ['The test is missing.'] }]],
    kept: [{ file: 'work.json', line: { judgement: { verdict: 'send-back', reasons: ['The test is missing.'] } } }],
  },
  evaluate: {
    calls: [['score', { correctness: 4, completeness: 3, scope: 5, proof: 2, fit: 4, remarks: 'The test is thin.' }]],
    kept: [{ file: 'work.json', line: { score: { proof: 2, remarks: 'The test is thin.' } } }],
  },
} as const satisfies Partial<
  Record<TaskKind, { calls: readonly (readonly [string, object])[]; kept: readonly object[] }>
>;
type Kind = keyof typeof kinds;

export const everyKind = Object.keys(kinds) as Kind[];

/** What sessions that are no scans come to in an agent tool of others, the real program. */
export async function describeKinds(tool: Programs, some: readonly Kind[]): Promise<void> {
  const missing = await whatIsMissing(tool);
  const left = missing === undefined ? '' : ` (left out: ${missing})`;
  describe.skipIf(missing !== undefined)(`${tool} in sessions of every kind${left}`, () => {
    let bed: Bed | undefined;
    afterEach(async () => bed?.close());

    it.each(some)('hands over what one of the kind %s is for', { timeout }, async (kind) => {
      const uses = kinds[kind].calls.map(([name, input]) => call(name, input));
      bed = await openBed(tool, [shell('printf "// bound\\n" >> src/app.ts'), ...uses, finish, done]);
      const about = { checks: ['types'], open: { questions: ['Q1', 'Q2'], assumptions: [] } };
      const result = await bed.run({ kind, ...about }, { runCheck: async (name) => `${name}: nothing found` });
      expect(bed.model.refused()).toEqual([]);
      expect(result).toMatchObject({ ending: 'finished', handedOver: kinds[kind].kept });
      const written = await bed.sandbox.readFile(`${bed.sandbox.workspace}/src/app.ts`);
      expect(new TextDecoder().decode(written)).toMatch(/\/\/ bound\n$/);
      expect(JSON.stringify(bed.events)).not.toContain('"ok":false');
    });
  });
}
