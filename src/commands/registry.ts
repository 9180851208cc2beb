import type { Configuration } from '../config/schema.ts';
import type { Role } from '../events/role.ts';
import type { Verb } from './verbs.ts';

/** What a comment stands on: an issue that is none of the others, or one of those that Courier's ledger or GitHub tells apart. */
export const places = ['issue', 'finding', 'session', 'pull-request', 'dashboard'] as const;
export type Place = (typeof places)[number];

/** Keys of `permissions` in the configuration. */
type PermissionKey = keyof Configuration['permissions'];

export type CommandSpec = {
  /** After `/courier `. */
  usage: string;
  /** One sentence. */
  about: string;
  where: readonly Place[];
  /** The least role; where `by` names a permission of the configuration, that is its default. */
  needs: Role;
  by?: PermissionKey;
};

const anywhere = places;
const onIssues = ['issue', 'finding'] as const;
const onRuns = [...onIssues, 'pull-request'] as const;
const onFindings = ['finding', 'session', 'dashboard'] as const;
const onQuestions = ['session', 'finding', 'pull-request'] as const;
// On an issue, those of its run.
const onAsked = ['issue', ...onQuestions] as const;
const onAssumptions = ['session', 'pull-request', 'dashboard'] as const;
const onSessions = ['session', 'dashboard'] as const;

/** Every command: contract section 11. docs/commands.md and `/courier help` are rendered from it. */
export const registry = {
  run: {
    usage: 'run [blueprint] [branch=NAME] [base=NAME] [model=ID] [text]',
    about: "Turns the issue into a branch and a draft pull request; on a run's pull request, continues it.",
    where: onRuns,
    needs: 'write',
    by: 'run',
  },
  retry: { usage: 'retry', about: 'Repeats the last run of the issue.', where: onRuns, needs: 'write', by: 'run' },
  chain: {
    usage: 'chain #1 #2',
    about: 'Runs several issues one after the other.',
    where: onIssues,
    needs: 'write',
    by: 'run',
  },
  scan: {
    usage: 'scan [name] [prompt]',
    about: 'Scans the default branch now: all configured scans, one by its name, or for what the prompt says.',
    where: anywhere,
    needs: 'write',
    by: 'run',
  },
  verify: {
    usage: 'verify [F-…]',
    about:
      'Looks again for known findings, with checks and their own commands: all, those named, or the one of the issue.',
    where: anywhere,
    needs: 'write',
    by: 'run',
  },
  stop: {
    usage: 'stop [S…]',
    about: 'Ends a session after its current step; it can be resumed.',
    where: anywhere,
    needs: 'write',
    by: 'run',
  },
  resume: {
    usage: 'resume [S…]',
    about: 'Goes on with a session that rests.',
    where: anywhere,
    needs: 'write',
    by: 'run',
  },
  kill: {
    usage: 'kill [S…]',
    about: 'Ends a session at once; what it had is kept.',
    where: anywhere,
    needs: 'write',
    by: 'run',
  },
  clone: {
    usage: 'clone [S…]',
    about: 'Starts a session with the same settings and none of the history.',
    where: anywhere,
    needs: 'write',
    by: 'run',
  },
  tell: {
    usage: 'tell [S…] TEXT',
    about:
      'Says something to a session that works, read after its current step; to one that has ended: starts one that follows it.',
    where: anywhere,
    needs: 'write',
    by: 'run',
  },
  ask: {
    usage: 'ask QUESTION',
    about: 'Investigates a question; the answer cites findings and files.',
    where: anywhere,
    needs: 'triage',
    by: 'answer',
  },
  answer: {
    usage: 'answer Q1 b',
    about: 'Answers questions, by option or in words; lines such as `Q3: text` may follow.',
    where: onAsked,
    needs: 'triage',
    by: 'answer',
  },
  skip: {
    usage: 'skip Q1',
    about: 'Leaves questions to the assumption made for them.',
    where: onAsked,
    needs: 'triage',
    by: 'answer',
  },
  'answer-session': {
    usage: 'answer-session',
    about: 'Has the answering agent propose assumptions for open questions.',
    where: onQuestions,
    needs: 'triage',
    by: 'answer',
  },
  approve: {
    usage: 'approve A1 A2 | all [90d]',
    about: 'Approves assumptions, for good or for some days (d) or weeks (w); on the dashboard learnings, `L1`.',
    where: onAssumptions,
    needs: 'write',
    by: 'approve',
  },
  decline: {
    usage: 'decline A3 [reason]',
    about: 'Declines an assumption; on the dashboard deletes a learning or a rule, `L1`, `R1`.',
    where: onAssumptions,
    needs: 'write',
    by: 'approve',
  },
  correct: {
    usage: 'correct A4: text',
    about: 'Puts your words in the place of an assumption, or on the dashboard of a learning.',
    where: onAssumptions,
    needs: 'write',
    by: 'approve',
  },
  ignore: {
    usage: 'ignore [F-…] [30d] [reason]',
    about: 'Silences a finding, for good or for some days (d) or weeks (w).',
    where: onFindings,
    needs: 'triage',
  },
  unignore: { usage: 'unignore [F-…]', about: 'Ends the silence about a finding.', where: onFindings, needs: 'triage' },
  priority: {
    usage: 'priority [F-…] critical | high | medium | low',
    about: 'Sets the priority of a finding; scans no longer change it.',
    where: onFindings,
    needs: 'triage',
  },
  status: { usage: 'status', about: 'Says how things stand here.', where: anywhere, needs: 'read' },
  sessions: { usage: 'sessions', about: 'Lists the last sessions.', where: anywhere, needs: 'read' },
  show: { usage: 'show [F-… | S…]', about: 'Shows a finding or a session.', where: anywhere, needs: 'read' },
  help: { usage: 'help', about: 'Lists the commands.', where: anywhere, needs: 'read' },
  rate: {
    usage: 'rate [F-… | S…] up | down [text]',
    about: 'Rates the finding of the issue, the one named, or a session.',
    where: anywhere,
    needs: 'read',
  },
  rename: { usage: 'rename [S…] NAME', about: 'Gives a session another name.', where: onSessions, needs: 'write' },
  export: {
    usage: 'export [S…] md | html | pdf | json | sarif | assumptions',
    about: 'Makes a report of a session; or offers the assumptions of all sessions for review in a pull request.',
    where: onSessions,
    needs: 'write',
  },
  archive: { usage: 'archive [S…]', about: 'Takes a session out of the lists.', where: onSessions, needs: 'write' },
  rule: {
    usage: 'rule [paths:] TEXT',
    about: 'Adds a framing for agents, one to three sentences, for all files or some (`legacy/**: …`).',
    where: onSessions,
    needs: 'write',
  },
  file: {
    usage: 'file F-…',
    about: 'Files findings that are kept in the ledger only.',
    where: onSessions,
    needs: 'write',
  },
  delete: {
    usage: 'delete [S…] [yes]',
    about: 'Says what deleting a session would remove; with `yes`, deletes it.',
    where: onSessions,
    needs: 'maintain',
    by: 'admin',
  },
  'delete-all': {
    usage: 'delete-all [yes]',
    about: 'The same for all sessions that ended.',
    where: onSessions,
    needs: 'maintain',
    by: 'admin',
  },
  pause: {
    usage: 'pause',
    about: 'Holds scheduled scans until unpaused.',
    where: onSessions,
    needs: 'maintain',
    by: 'admin',
  },
  unpause: {
    usage: 'unpause',
    about: 'Lets scheduled scans go on.',
    where: onSessions,
    needs: 'maintain',
    by: 'admin',
  },
} as const satisfies Record<Verb, CommandSpec>;
