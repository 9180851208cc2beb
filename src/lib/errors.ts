/** A mistake that a person can repair. Faces show its message as it is and end with the usage exit code. */
export class UserError extends Error {
  override name = 'UserError';
}

/** The store has moved on since it was read. Read again, decide again, write again. */
export class ConflictError extends Error {
  override name = 'ConflictError';
}

/**
 * Something outside failed (an API, a tool, the network) in a way that the session has to report.
 * `hint` says in one sentence what a person can do about it.
 */
export class ExternalError extends Error {
  override name = 'ExternalError';
  readonly hint: string | undefined;
  constructor(message: string, options: { cause?: unknown; hint?: string } = {}) {
    super(message, { cause: options.cause });
    this.hint = options.hint;
  }
}

/** What is left to do has no time any more: nothing was done, and a later session does it. */
export class OutOfTimeError extends ExternalError {
  override name = 'OutOfTimeError';
}

/** One line that says what went wrong, whatever was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message || error.name;
  return String(error);
}
