import type { ScanRequest } from './prepare-scan.ts';

/** What a person wants of a session, besides that it works. `session`: its id, the beginning of one, or `latest`. */
export type SessionOrder =
  | { kind: 'answer'; session: string; question: string; text: string | undefined }
  | { kind: 'tell'; session: string; text: string }
  | { kind: 'stop' | 'kill' | 'archive' | 'unarchive'; session: string }
  | { kind: 'rename'; session: string; name: string }
  | { kind: 'delete'; sessions: readonly string[]; sure: boolean }
  | { kind: 'delete-all'; sure: boolean };

export type ControlRequest = Pick<ScanRequest, 'trigger' | 'configPath'> & {
  order: SessionOrder;
  /** Who wants it, and where they said so. */
  by: string;
  from: string;
};

/** What came of it: sentences for people. `done` is false where it only says what it would do. */
export type Controlled = { done: boolean; said: readonly string[] };
