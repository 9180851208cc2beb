import { oneLine, truncate } from '../lib/text.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { KnownVerdict } from './take-verdict.ts';
import type { AssumptionInput, FindingInput, FindingUpdate, QuestionInput } from './tool-inputs.ts';

/**
 * What the agent hands over, written to `$COURIER_OUT` line by line (NDJSON) as it comes, so that a session that is killed keeps it.
 *
 * A finding is one line `{"id":"r1",…}`; an update is the whole finding again under the same id, and the last line of an id holds.
 * A verdict on a known finding is a line `{"known":"F-…","verdict":…}`. Questions and assumptions are lines of `questions.json`. A session that ends with `finish` and nothing to report leaves the one line
 * `{"issues":[]}`: an empty list says "looked, clean", a missing file says nothing.
 *
 * Contract: what a method returned for is in the file. Lines never mix, however many calls run at once.
 */
export type Handover = {
  reportFinding(finding: FindingInput): Promise<string>;
  /** @returns `false` when there is no finding of that id */
  updateFinding(update: FindingUpdate): Promise<boolean>;
  recordVerdict(verdict: KnownVerdict): Promise<void>;
  askQuestion(question: QuestionInput): Promise<string>;
  recordAssumption(assumption: AssumptionInput): Promise<string>;
  /** The session ends as the agent meant it to. */
  close(): Promise<void>;
  /** Findings so far. */
  count(): number;
  /** What was handed over so far, a line each. */
  reported(): readonly string[];
};

export function createHandover(sandbox: Pick<Sandbox, 'out' | 'appendFile'>): Handover {
  const findings = new Map<string, FindingInput>();
  let questions = 0;
  let assumptions = 0;
  const others: string[] = [];
  let writing: Promise<void> = Promise.resolve();

  function append(file: string, entry: object): Promise<void> {
    const line = `${JSON.stringify(entry)}\n`;
    writing = writing.then(() => sandbox.appendFile(`${sandbox.out}/${file}`, line));
    return writing;
  }

  return {
    async reportFinding(finding) {
      const id = `r${findings.size + 1}`;
      findings.set(id, finding);
      await append('issues.json', { id, ...finding });
      return id;
    },
    async updateFinding({ id, verdict: _verdict, reason: _reason, ...change }) {
      const finding = findings.get(id);
      if (!finding) return false;
      const merged = merge(finding, change);
      findings.set(id, merged);
      await append('issues.json', { id, ...merged });
      return true;
    },
    async recordVerdict(verdict) {
      others.push(`${verdict.known}: your verdict is ${verdict.verdict}`);
      await append('issues.json', verdict);
    },
    async askQuestion(question) {
      questions += 1;
      const id = `q${questions}`;
      others.push(`question ${id}: ${brief(question.question)}`);
      await append('questions.json', { questions: [{ id, ...question }] });
      return id;
    },
    async recordAssumption(assumption) {
      assumptions += 1;
      const id = `a${assumptions}`;
      others.push(`assumption ${id}: ${brief(assumption.text)}`);
      await append('questions.json', { assumptions: [{ id, ...assumption }] });
      return id;
    },
    async close() {
      if (findings.size === 0) await append('issues.json', { issues: [] });
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

function brief(text: string): string {
  return truncate(oneLine(text), 200);
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
