import { z } from 'zod';
import { oneLine, truncate } from '../lib/text.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { HandedOver } from './journal.ts';
import type { KnownVerdict } from './take-verdict.ts';
import {
  type AnswerInput,
  type AssumptionInput,
  type FindingInput,
  type FindingUpdate,
  type JudgementInput,
  type ProposalInput,
  type QuestionInput,
  type ScoreInput,
  toolInputs,
  type WithdrawalInput,
  type WorkInput,
} from './tool-inputs.ts';

/** `settled`: what people said to it before. */
type AskedQuestion = QuestionInput & { settled?: { by: string; answer: string } };

/**
 * What the agent hands over, written to `$COURIER_OUT` line by line (NDJSON) as it comes, so that a session that is killed keeps it.
 *
 * A finding is one line `{"id":"r1",…}`; an update is the whole finding again under the same id, and the last line of an id holds.
 * The answer of an investigation is a line of `answers.json`, what a role of a run comes to one of `work.json`.
 * A verdict on a known finding is a line `{"known":"F-…","verdict":…}`. Questions, assumptions, and what an answering agent says of them
 * (`{"proposals":[…]}`, `{"withdrawals":[…]}`) are lines of `questions.json`. A session that ends with `finish` and nothing to report leaves the one line
 * `{"issues":[]}` or `{"proposals":[]}`: an empty list says "looked, nothing", a missing file says nothing.
 *
 * Contract: what a method returned for is in the file, and the host has kept it before. Lines never mix, however many calls run at once.
 * Each method takes the id of the tool call that it is for.
 */
export type Handover = {
  reportFinding(finding: FindingInput, use: string): Promise<string>;
  /** @returns `false` when there is no finding of that id */
  updateFinding(update: FindingUpdate, use: string): Promise<boolean>;
  recordVerdict(verdict: KnownVerdict, use: string): Promise<void>;
  askQuestion(question: AskedQuestion, use: string): Promise<string>;
  recordAssumption(assumption: AssumptionInput, use: string): Promise<string>;
  /** The answer to what a person asked; the last one holds. */
  recordAnswer(answer: AnswerInput, use: string): Promise<void>;
  /** What a role of a run comes to, in `work.json`; the last one holds. */
  recordWork(
    work: { work: WorkInput } | { judgement: JudgementInput } | { score: ScoreInput },
    use: string,
  ): Promise<void>;
  /** Whether there is an answer, or work. */
  answered(): boolean;
  /** @returns its id, new for each. */
  propose(proposal: ProposalInput, use: string): Promise<string>;
  withdraw(withdrawal: WithdrawalInput, use: string): Promise<void>;
  /** The session ends as the agent meant it to. `of`: what it was to hand over. */
  close(of: 'issues' | 'proposals'): Promise<void>;
  /** Findings so far. */
  count(): number;
  /** What was handed over so far, a line each. */
  reported(): readonly string[];
};

/**
 * @param host.earlier what the session handed over before, in an earlier run
 * @param host.keep keeps a line on the host
 */
export function createHandover(
  sandbox: Pick<Sandbox, 'out' | 'appendFile'>,
  { earlier, keep }: { earlier: readonly HandedOver[]; keep: (line: HandedOver) => Promise<void> },
): Handover {
  const findings = findingsIn(earlier);
  let questions = countLines(earlier, 'questions');
  let assumptions = countLines(earlier, 'assumptions');
  let proposals = countLines(earlier, 'proposals') + countLines(earlier, 'withdrawals');
  const others = earlier.flatMap(({ line }) => describe(line) ?? []);
  let writing: Promise<void> = Promise.resolve();

  async function append(entry: HandedOver): Promise<void> {
    others.push(...[describe(entry.line)].filter((line) => line !== undefined));
    await keep(entry);
    writing = writing.then(() => sandbox.appendFile(`${sandbox.out}/${entry.file}`, `${JSON.stringify(entry.line)}\n`));
    await writing;
  }

  return {
    async reportFinding(finding, use) {
      const id = `r${findings.size + 1}`;
      findings.set(id, finding);
      await append({ file: 'issues.json', line: { id, ...finding }, use });
      return id;
    },
    async updateFinding({ id, verdict: _verdict, reason: _reason, ...change }, use) {
      const finding = findings.get(id);
      if (!finding) return false;
      const merged = merge(finding, change);
      findings.set(id, merged);
      await append({ file: 'issues.json', line: { id, ...merged }, use });
      return true;
    },
    async askQuestion(question, use) {
      questions += 1;
      const id = `q${questions}`;
      await append({ file: 'questions.json', line: { questions: [{ id, ...question }] }, use });
      return id;
    },
    async recordAssumption(assumption, use) {
      assumptions += 1;
      const id = `a${assumptions}`;
      await append({ file: 'questions.json', line: { assumptions: [{ id, ...assumption }] }, use });
      return id;
    },
    ...recordsOf(earlier, append),
    async propose(proposal, use) {
      proposals += 1;
      const id = `p${proposals}`;
      await append({ file: 'questions.json', line: { proposals: [{ id, ...proposal }] }, use });
      return id;
    },
    async withdraw(withdrawal, use) {
      proposals += 1;
      await append({ file: 'questions.json', line: { withdrawals: [withdrawal] }, use });
    },
    async close(of) {
      if (of === 'issues' && findings.size === 0) await append({ file: 'issues.json', line: { issues: [] } });
      if (of === 'proposals' && proposals === 0) await append({ file: 'questions.json', line: { proposals: [] } });
    },
    count: () => findings.size,
    reported: () => [
      ...[...findings].map(([id, { title, location }]) =>
        [`${id}: ${brief(title)}`, location && `(${brief(location.path)})`].filter(Boolean).join(' '),
      ),
      ...others,
    ],
  };
}

/** What is one line, and replaced by the next of its kind. */
function recordsOf(
  earlier: readonly HandedOver[],
  append: (entry: HandedOver) => Promise<void>,
): Pick<Handover, 'recordVerdict' | 'recordAnswer' | 'recordWork' | 'answered'> {
  let answered = earlier.some(({ file }) => file === 'answers.json' || file === 'work.json');
  return {
    async recordVerdict(verdict, use) {
      await append({ file: 'issues.json', line: verdict, use });
    },
    async recordAnswer(answer, use) {
      answered = true;
      await append({ file: 'answers.json', line: { answer }, use });
    },
    async recordWork(work, use) {
      answered = true;
      await append({ file: 'work.json', line: work, use });
    },
    answered: () => answered,
  };
}

const Others = z.union([
  z
    .object({ known: z.string(), verdict: z.string() })
    .transform(({ known, verdict }) => `${known}: your verdict is ${verdict}`),
  z.object({ answer: z.object({ text: z.string() }) }).transform(({ answer }) => `answer: ${brief(answer.text)}`),
  z
    .object({ questions: z.tuple([z.object({ id: z.string(), question: z.string() })]) })
    .transform(({ questions: [{ id, question }] }) => `question ${id}: ${brief(question)}`),
  z
    .object({ assumptions: z.tuple([z.object({ id: z.string(), text: z.string() })]) })
    .transform(({ assumptions: [{ id, text }] }) => `assumption ${id}: ${brief(text)}`),
  z
    .object({ proposals: z.tuple([z.object({ id: z.string(), text: z.string(), questionId: z.string().optional() })]) })
    .transform(
      ({ proposals: [{ id, text, questionId }] }) =>
        `proposal ${id}${questionId ? ` for ${questionId}` : ''}: ${brief(text)}`,
    ),
  z.object({ work: z.object({ summary: z.string() }) }).transform(({ work }) => `delivered: ${brief(work.summary)}`),
  z
    .object({ judgement: z.object({ verdict: z.string() }) })
    .transform(({ judgement }) => `your verdict is ${judgement.verdict}`),
  z
    .object({ withdrawals: z.tuple([z.object({ questionId: z.string(), answer: z.string() })]) })
    .transform(({ withdrawals: [{ questionId, answer }] }) => `${questionId} is withdrawn: ${brief(answer)}`),
]);

/** A line that is no finding, for the agent to read. */
function describe(line: HandedOver['line']): string | undefined {
  return Others.safeParse(line).data;
}

function brief(text: string): string {
  return truncate(oneLine(text), 200);
}

function findingsIn(earlier: readonly HandedOver[]): Map<string, FindingInput> {
  const findings = new Map<string, FindingInput>();
  for (const { line } of earlier) {
    const { id, ...rest } = line;
    const finding = toolInputs.report_finding.safeParse(rest);
    if (typeof id === 'string' && finding.success) findings.set(id, finding.data);
  }
  return findings;
}

function countLines(
  earlier: readonly HandedOver[],
  key: 'questions' | 'assumptions' | 'proposals' | 'withdrawals',
): number {
  return earlier.filter(({ file, line }) => file === 'questions.json' && Object.hasOwn(line, key)).length;
}

function merge(
  finding: FindingInput,
  { title, description, priority, category, ...rest }: Omit<FindingUpdate, 'id' | 'verdict' | 'reason'>,
): FindingInput {
  return {
    ...finding,
    ...rest,
    title: title ?? finding.title,
    description: description ?? finding.description,
    priority: priority ?? finding.priority,
    category: category ?? finding.category,
  };
}
