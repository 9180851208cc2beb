import type { UsedPoint } from '../ledger/runs-record.ts';
import type { PatchChange } from './patch.ts';
import type { RunReport } from './render-pull-request.ts';

/** What a run leaves to be brought to its branch: a patch that policy let pass, and what is to be said of it. Its texts are untrusted. */
export type RunWork = {
  issue: { number: number; title: string };
  session: string;
  /** Of people who read history: who asked for the run. A login. */
  by: string;
  /** As `runs/<issue>.json` names it. It may not be there yet: then it begins at `head`. */
  branch: string;
  /** The branch that the pull request asks to merge into. */
  base: string;
  /** The commit that the patch was made from, 40 hex digits: the branch's head, or the base's where there is no branch yet. */
  head: string;
  /** Compared with `head`; empty where the run found nothing to change: then only what an earlier one left there is offered. */
  changes: readonly PatchChange[];
  report: RunReport;
  /** What it rests on. */
  used?: readonly UsedPoint[] | undefined;
  /** What was asked for, where that was more than the issue. A person's words. */
  wish?: string | undefined;
  /** What the change is, for the titles of commit and pull request. */
  kind: 'fix' | 'docs' | 'feat';
};

/** What became of it. */
export type PushedRun =
  | {
      pushed: {
        /** The branch's new head, or what becomes it. */
        commit: string;
        /** The app looks at it before it brings it to the branch. */
        held?: boolean;
        /** Where the pull request is already open, or was opened. */
        pullRequest?: { number: number; url: string };
      };
      /** What people should know of it, a sentence each. */
      notes: readonly string[];
    }
  /** Nothing was changed, and nothing was left. */
  | { nothing: true }
  /** Nothing was pushed: the branch has moved on, or may not be written. A sentence that says what to do. */
  | { refused: string };

/** Brings the work of a run to its branch, and opens its pull request or says who will. May be called again for the same session. */
export type PushRun = (work: RunWork) => Promise<PushedRun>;
