import type { Briefing } from '../agents/briefing.ts';
import type { Configuration } from '../config/schema.ts';
import type { Finding } from '../findings/finding.ts';
import { truncate } from '../lib/text.ts';
import type { AssumptionRecord } from '../memory/assumption.ts';
import type { Question } from '../questions/question.ts';
import type { Session } from './session.ts';
import type { Answering, ScanSettings } from './settings.ts';

/** What of a session is open, and may be told to whoever reads what comes of it. */
export type OpenOfSession = {
  session: Pick<Session, 'id' | 'displayName'>;
  questions: readonly Question[];
  /** Proposed ones. */
  assumptions: readonly AssumptionRecord[];
  /** The findings that hang on them. */
  findings: readonly Pick<Finding, 'id' | 'title' | 'description' | 'location'>[];
};

const prefix = 'answer ';

/** What an answering agent is called among the scans of its session: one at a time for each session that it is about. */
export function answerName(session: string): string {
  return `${prefix}${session}`;
}

// As walk-run.ts names the parts of a run.
const runPart = /^run-(planner|implementer|judge|evaluator)(?:-\d+)?-(\d+)$/;

/** How what a scan of that name did is called in sentences. */
export function titleOfScan(scan: string): string {
  const [, role, round] = runPart.exec(scan) ?? [];
  if (role !== undefined) return `Step ${role}${round === '1' ? '' : `, round ${round}`}`;
  return scan.startsWith(prefix) ? `Answering session for ${scan.slice(prefix.length)}` : `Scan ${scan}`;
}

/** The configuration in which the answering agent stands in the Issue Agent's place. */
export function withAnsweringAgent(config: Configuration): Configuration {
  const { auto: _, ...own } = config.answeringAgent;
  const set = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  return { ...config, issueAgent: { ...config.issueAgent, ...set }, scans: {} };
}

/** The settings of a session that answers: the agent, its limits and its sandbox, and nothing else that a scan does. */
export function toAnswerSettings(settings: ScanSettings, open: OpenOfSession): ScanSettings {
  const { questions, assumptions, session } = open;
  const ids = [...questions, ...assumptions].map(({ id }) => id);
  const answering: Answering = {
    session: session.id,
    open: { questions: questions.map(({ id }) => id), assumptions: assumptions.map(({ id }) => id) },
    seen: Object.fromEntries(assumptions.map(({ id, revision }) => [id, revision])),
    briefing: renderOpen(open),
  };
  const prompt = `Look into what session ${session.id} left open (${ids.join(', ')}); your notes have the words. The history of commits may tell what the files do not.`;
  return {
    ...settings,
    scans: [{ name: answerName(session.id), prompt, paths: [], answering }],
    // What it proposes goes on record whatever becomes of findings.
    publish: 'issues',
    presets: 'none',
    checks: {},
    failOn: 'never',
    judge: false,
    // It files nothing that a scan held back.
    issues: { ...settings.issues, maxNew: 0 },
  };
}

// Far more than anybody reviews; the rest is for the next session.
const most = 100;

function renderOpen({ questions, assumptions, findings }: OpenOfSession): Briefing[] {
  return [
    {
      title: 'Open questions',
      intro: questions.length > 0 ? 'Nobody has answered these.' : 'None.',
      documents: questions.slice(0, most).map((question) => ({ label: question.id, text: renderQuestion(question) })),
    },
    {
      title: 'Proposed assumptions',
      intro: assumptions.length > 0 ? 'Nobody has approved, corrected or declined these.' : 'None.',
      documents: assumptions.slice(0, most).map((record) => ({ label: record.id, text: renderAssumption(record) })),
    },
    {
      title: 'Findings that hang on them',
      intro: findings.length > 0 ? 'As they are on file.' : 'None.',
      documents: findings.slice(0, most).map((finding) => ({ label: finding.id, text: renderFinding(finding) })),
    },
  ];
}

function renderQuestion({ question, options, findings }: Question): string {
  const choices = options.map(({ label, description }) => `- ${label}${description ? `: ${description}` : ''}`);
  return [question, ...choices, ...about(findings)].join('\n');
}

function renderAssumption({ text, basis, confidence, questionId, findings }: AssumptionRecord): string {
  return [
    text,
    ...(questionId === undefined ? [] : [`Stands in for: ${questionId}`]),
    ...(basis === undefined ? [] : [`Basis: ${basis}`]),
    ...(confidence === undefined ? [] : [`Confidence: ${confidence}`]),
    ...about(findings),
  ].join('\n');
}

function renderFinding({ title, description, location }: OpenOfSession['findings'][number]): string {
  return [title, ...(location ? [`In ${location.path}`] : []), truncate(description, 1500)].join('\n');
}

function about(findings: readonly string[]): string[] {
  return findings.length > 0 ? [`Findings that hang on it: ${findings.slice(0, 50).join(', ')}`] : [];
}
