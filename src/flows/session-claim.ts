import type { Ledger, LedgerChanges } from '../ledger/ledger.ts';
import type { Session } from '../sessions/session.ts';

/** What else a session takes when it begins, in the same commit; or why it does not begin. Called anew on each newer ledger. */
export type Claim = (ledger: Ledger, session: Session) => Promise<{ changes: LedgerChanges } | { refused: string }>;
