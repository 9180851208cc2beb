import type { Priority } from '../findings/severity.ts';
import type { Verb } from './verbs.ts';

/** What a person asked for with one line of a comment. Texts are that person's, as untrusted as any. */
export type Command =
  | {
      verb: 'run';
      branch?: string;
      base?: string;
      model?: string;
      /** Begins with the blueprint's name where it names one: `takeName` tells. */
      text?: string;
    }
  | { verb: 'retry' | 'help' | 'status' | 'sessions' | 'answer-session' | 'pause' | 'unpause' }
  | { verb: 'chain'; issues: readonly number[] }
  /** `text` begins with the scan's name where it names one: `takeName` tells. */
  | { verb: 'scan'; text?: string }
  | { verb: 'verify'; findings: readonly string[] }
  /** Without `session`: the one that the issue is about, or else the one that works now. */
  | { verb: 'stop' | 'resume' | 'kill' | 'clone' | 'archive'; session?: string }
  /** `sure`: said a second time, after Courier had told what would be removed. */
  | { verb: 'delete'; session?: string; sure: boolean }
  | { verb: 'delete-all'; sure: boolean }
  | { verb: 'tell'; session?: string; text: string }
  | { verb: 'ask'; question: string }
  | { verb: 'answer'; answers: readonly Answered[] }
  | { verb: 'skip'; questions: readonly string[] }
  /** Ids of assumptions, and on the dashboard of learnings (`L1`) and rules (`R1`). Without any: what the comment's lines are about. */
  /** `days`: how long it holds; absent: for good. */
  | { verb: 'approve'; assumptions?: 'all' | readonly string[]; days?: number }
  | { verb: 'decline'; assumptions?: readonly string[]; reason?: string }
  | { verb: 'correct'; assumption?: string; text: string }
  | { verb: 'ignore'; finding?: string; days?: number; reason?: string }
  | { verb: 'unignore'; finding?: string }
  | { verb: 'priority'; finding?: string; priority: Priority }
  /** The id of a session or a finding. */
  | { verb: 'show'; id?: string }
  /** Without both: the finding of the issue, or else its session, or else the last one. */
  | { verb: 'rate'; session?: string; finding?: string; rating: 'up' | 'down'; text?: string }
  | { verb: 'rename'; session?: string; name: string }
  /** `assumptions`: those of all sessions, to be reviewed in a pull request. */
  | { verb: 'export'; session?: string; format: ExportFormat | 'assumptions' }
  /** Without `paths`: everywhere. */
  | { verb: 'rule'; paths?: readonly string[]; text: string }
  | { verb: 'file'; findings: readonly string[] };

type Member<C, V> = C extends { verb: string } ? (V extends C['verb'] ? Omit<C, 'verb'> & { verb: V } : never) : never;
export type CommandOf<V extends Verb> = Member<Command, V>;

export const exportFormats = ['md', 'html', 'pdf', 'json', 'sarif'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** One answer: options by letter or number (`b`, `a,c`, `2`), in small letters, or free text. Only the question tells whether it fits. */
export type Answered = { question: string } & ({ choices: readonly string[] } | { text: string });
