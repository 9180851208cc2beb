import type { Finding } from '../findings/finding.ts';
import { needsSelf } from '../findings/observe-closing.ts';
import { observeIssue } from '../findings/observe-issue.ts';
import { newRaters } from '../findings/observe-thumbs.ts';
import { isDoubtful } from '../findings/sight-finding.ts';
import { stableLine } from '../ledger/json.ts';
import type { GitHub, IssueSnapshot } from './github-ports.ts';
import { createRaters } from './look-up-raters.ts';

/** What is asked of GitHub about closings in one session, at most; the others stay silent until the next one. */
const mostQuestions = 10;

export type Looked = {
  /** The findings after what people did to their issues. */
  findings: readonly Finding[];
  /** These issues as they are now; what is gone is not in it. */
  issues: ReadonlyMap<number, IssueSnapshot>;
};

export type IssueLook = {
  /** Reads the issues of the findings, each once: again only where the ledger says something else of it than at the first look. */
  at(findings: readonly Finding[]): Promise<Looked>;
  /**
   * The findings (of these ids) that a person closed, with whether the commit is newer than the default branch's head at that time, where
   * that is not on record.
   */
  compare(findings: readonly Finding[], ids: readonly string[], branch: ComparedBranch): Promise<readonly Finding[]>;
};

/** The commit under scan, and the default branch that it is of. */
export type ComparedBranch = { commit: string; defaultBranch: string };

export type LookGitHub = Pick<GitHub, 'issues' | 'comments' | 'self' | 'headAt' | 'isAhead' | 'roleOf'>;

/** A session's look at the issues, before anything is decided. @param at when, as ISO time: the same for every try of the session. */
export function createIssueLook(github: LookGitHub, at: string): IssueLook {
  const seen = new Map<string, { said: string; issue: IssueSnapshot | undefined }>();
  const questions = createQuestions(github);
  const raters = createRaters(github);

  async function read(findings: readonly Finding[]): Promise<void> {
    const unread = findings.filter((finding) => finding.issue && seen.get(finding.id)?.said !== toldOf(finding));
    const issues = await github.issues.read(unread.flatMap(({ issue }) => issue?.number ?? []));
    for (const finding of unread)
      if (finding.issue) seen.set(finding.id, { said: toldOf(finding), issue: issues.get(finding.issue.number) });
  }

  return {
    async at(findings) {
      await read(findings);
      const issueOf = (finding: Finding) => seen.get(finding.id)?.issue;
      for (const finding of findings) {
        const entry = seen.get(finding.id);
        if (entry?.issue) entry.issue = await raters.onOurs(finding, entry.issue);
      }
      const asksWho = findings.some((finding) => needsSelf(finding, issueOf(finding)));
      const rating = findings.flatMap((finding) => newRaters(finding, issueOf(finding)));
      const mayRate = await raters.among(rating, peopleOf(findings));
      const look = { at, self: asksWho ? await github.self() : undefined, mayRate };
      const issues = findings.flatMap((finding) => issueOf(finding) ?? []);
      return {
        findings: findings.map((finding) => observeIssue(finding, issueOf(finding), look)),
        issues: new Map(issues.map((issue) => [issue.number, issue])),
      };
    },
    async compare(findings, ids, branch) {
      const asked = new Set(ids);
      const compared: Finding[] = [];
      for (const finding of findings)
        compared.push(asked.has(finding.id) ? await compareClosing(finding, branch, questions) : finding);
      return compared;
    },
  };
}

/** Who had to do with findings, in small letters. */
function peopleOf(findings: readonly Finding[]): ReadonlySet<string> {
  const people = findings.flatMap(({ history, ratings = [] }) => [
    ...history.flatMap(({ actor }) => actor ?? []),
    ...ratings.map(({ by }) => by),
  ]);
  return new Set(people.map((login) => login.toLowerCase()));
}

/**
 * What the ledger says of an issue: with a command in between, its labels are others, too. What others saw meanwhile may have come to what was
 * known before (closed, and opened again): only the history tells.
 */
function toldOf({ issue, state, severity, ignored, prioritySet, history }: Finding): string {
  return stableLine({ issue, state, severity, ignored, prioritySet, history });
}

type Questions = ReturnType<typeof createQuestions>;

/** Each question once per session, also when the ledger moved on and all is decided anew. */
function createQuestions(github: Pick<GitHub, 'headAt' | 'isAhead'>) {
  const answers = new Map<string, Promise<string | undefined>>();
  const ask = (question: string, answer: () => Promise<string | undefined>) => {
    const known = answers.get(question);
    if (known) return known;
    if (answers.size >= mostQuestions) return undefined;
    const asked = answer();
    answers.set(question, asked);
    return asked;
  };
  return {
    headAt: (branch: string, time: string) => ask(`head ${time}`, () => github.headAt(branch, time)),
    isAhead: (base: string, commit: string) =>
      ask(`${base} ${commit}`, async () => ((await github.isAhead(base, commit)) ? 'yes' : undefined)),
  };
}

async function compareClosing(
  finding: Finding,
  { commit, defaultBranch }: ComparedBranch,
  questions: Questions,
): Promise<Finding> {
  const { issue } = finding;
  const observed = issue?.observed;
  if (!issue || !observed || !isDoubtful(finding, commit)) return finding;
  const { closedAt } = observed;
  const head = observed.head ?? (closedAt === undefined ? undefined : await questions.headAt(defaultBranch, closedAt));
  if (head === undefined) return finding;
  const answer = head === commit ? Promise.resolve(undefined) : questions.isAhead(head, commit);
  const known = { ...observed, head };
  // No answer was to be had in this session.
  if (answer === undefined) return { ...finding, issue: { ...issue, observed: known } };
  const newer = (await answer) !== undefined;
  return { ...finding, issue: { ...issue, observed: { ...known, compared: { commit, newer } } } };
}
