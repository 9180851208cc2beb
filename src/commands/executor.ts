import type { Configuration } from '../config/schema.ts';
import type { Role } from '../events/role.ts';
import type { IssueUpdate } from '../findings/issue.ts';
import type { CommandOutcome, Owed } from '../ledger/inbox-record.ts';
import type { Ledger, LedgerChanges } from '../ledger/ledger.ts';
import type { Gate } from '../publishing/gate.ts';
import type { SafeText } from '../publishing/safe-text.ts';
import type { Mandate } from './authorise.ts';
import type { CommandOf } from './command.ts';
import type { ReviewPlace } from './comment.ts';
import type { Place } from './registry.ts';
import type { Verb } from './verbs.ts';

/** What is told to the person who asked: a sentence or more. `run`: the workflow run that was started for it, where it is known. */
export type Answer = { outcome: CommandOutcome; say: SafeText; run?: number | undefined };

/** Where and on whose word a command is followed; it has been allowed. */
export type CommandContext = {
  issue: number;
  place: Place;
  /** Who asked. */
  by: string;
  /** What that person may do here, as it was looked up. */
  role?: Role;
  mandate: Mandate;
  /** Which of the comment's commands, from 0. */
  index: number;
  /** ISO time. */
  at: string;
  /** When the comment was written (ISO). */
  written: string;
  /** Where it can be read; absent for a click. */
  url?: string;
  /** What it stands on, where it is part of a review of a pull request. */
  review?: ReviewPlace;
  visibility: 'public' | 'private' | 'internal';
  /** Where workflows are started, and where its pages are. */
  repository: { defaultBranch: string; url: string };
  config: Configuration;
  gate: Gate;
};

/** What is done elsewhere once the change is on record; it may be done twice. */
export type Effect = Owed;

/** What a command changes in the ledger; and afterwards, repeatable, in an issue. */
export type Change = {
  answer: Answer;
  changes?: LedgerChanges;
  issue?: { number: number; update: IssueUpdate };
  effects?: readonly Effect[];
  /** For the audit: what, and of what. */
  audit?: { action: string; target: string };
};

/**
 * How a command is followed.
 *
 * Contract: `change` depends on the ledger alone, as it is called again when somebody else wrote meanwhile; its changes are written in one
 * commit with the record that the command is dealt with, so that it happens once; what it has elsewhere (`issue`, `effects`) is on record
 * until it was done. `act` may be called again for the same command after a crash, and must then do no harm. `either` decides on the
 * ledger which of the two it is.
 */
export type Executor<V extends Verb> =
  | { kind: 'change'; change(command: CommandOf<V>, context: CommandContext, ledger: Ledger): Change | Promise<Change> }
  | {
      kind: 'either';
      change(command: CommandOf<V>, context: CommandContext, ledger: Ledger): Change | 'act' | Promise<Change | 'act'>;
      /** @param ledger on which it was decided. */
      act(command: CommandOf<V>, context: CommandContext, ledger: Ledger): Promise<Answer>;
    }
  | { kind: 'act'; act(command: CommandOf<V>, context: CommandContext): Promise<Answer> };

/** What this version can do; the others are answered honestly. */
export type Executors = { readonly [V in Verb]?: Executor<V> };
