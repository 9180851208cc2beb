import type { AgentEvent } from '../agents/agent.ts';
import type { Briefing } from '../agents/briefing.ts';
import type { Outfit } from '../agents/outfit.ts';
import type { Purse } from '../agents/purse.ts';
import type { AnswerInput, JudgementInput, ScoreInput, WorkInput } from '../agents/tool-inputs.ts';
import type { Blueprint } from '../config/blueprint.ts';
import type { Trigger } from '../events/trigger.ts';
import type { Finding } from '../findings/finding.ts';
import type { Known } from '../memory/choose-context.ts';
import type { PatchRefusal } from '../runs/judge-patch.ts';
import type { PatchChange } from '../runs/patch.ts';
import type { Verification } from '../runs/render-pull-request.ts';
import type { StepEnd } from '../runs/walk.ts';
import type { Sandbox, SandboxSetup } from '../sandboxes/sandbox.ts';
import type { AgentPart } from '../sessions/agent-part.ts';
import type { ScanSettings } from '../sessions/settings.ts';
import type { BaseTree, Collected } from './collect-patch.ts';
import type { Origin } from './read-origin.ts';
import type { Desk } from './session-desk.ts';

/** What a run works with, the same for all of its steps. */
export type RunPlace = {
  session: string;
  settings: ScanSettings;
  blueprint: Blueprint;
  trigger: Trigger;
  finding: Finding | undefined;
  /** The issue, what was said about it, and how the project is worked on. */
  briefing: readonly Briefing[];
  memory: Known;
  /** The files of the commit that it works on. */
  base: BaseTree;
  /** What the branch holds from before; absent where that is nothing. */
  origin: Origin | undefined;
  /** What the repository protects from runs. */
  isProtected: (path: string) => boolean;
  /** The configured checks, and which presets there are. */
  checks: ScanSettings['checks'];
  presets: ScanSettings['presets'];
  setup: SandboxSetup | undefined;
  desk: Desk;
  purse: Purse;
  /** When its time is over, by the clock. */
  deadline: number;
  /** Ends it at once; of a gate's command, also where it is only to stop. */
  signal: AbortSignal;
  onEvent: (event: AgentEvent) => void;
  hands: Hands;
  /** Whether it can rest: it is on record, and somebody would find it again. */
  mayPark: boolean;
};

/** The sandbox in which the implementers work, one after the other; only what they do there is in the patch. */
export type Hands = {
  sandbox?: Sandbox;
  outfit?: Outfit | undefined;
  /** What it was made without. */
  withheld?: ReadonlySet<string>;
  /** The patch that it began with. */
  given?: readonly PatchChange[];
  /** How it differed from the commit once the setup was done, before anybody worked there; absent where there was none. */
  made?: Pick<Collected, 'changes' | 'odd'> | undefined;
};

/** What a run has come to so far. */
export type RunState = {
  changes: readonly PatchChange[];
  /** Why these may not leave the sandbox; absent: they may. */
  refusals?: readonly PatchRefusal[] | undefined;
  plan?: AnswerInput | undefined;
  work?: WorkInput | undefined;
  /** The command that shows the repair, of this delivery or an earlier one. */
  test?: string | undefined;
  judgement?: JudgementInput | undefined;
  score?: ScoreInput | undefined;
  verified: readonly Verification[];
  /** How often each gate sent the work back. */
  failures?: Readonly<Record<string, number>>;
  /** How a gate's command ended before the repair, by the command. */
  before: ReadonlyMap<string, string>;
  /** Whether the finding's command shows the problem in the files as they were, and how it ended there. */
  shown?: { ok: boolean; text: string } | undefined;
  parts: readonly AgentPart[];
  raw: Readonly<Record<string, string>>;
  notes: readonly string[];
};

export const nothingDone: RunState = {
  changes: [],
  verified: [],
  before: new Map(),
  parts: [],
  raw: {},
  notes: [],
};

/** Why a run ends before its blueprint does. */
export type Over =
  | { outcome: 'stopped'; why: string }
  | { outcome: 'failed'; why: string; limit: 'timeout' | 'budget' };

/** What came of one step. `parked`: its agent waits for answers of people, and goes on with them where it was. */
export type Came = { end: StepEnd; state: RunState; over?: Over } | { end: 'parked'; state: RunState };
