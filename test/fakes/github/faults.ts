/** What goes wrong with the next requests that match. */
export type Fault = {
  /** An operation's id in GitHub's OpenAPI description (`issues/create`), or `graphql`; any where neither this nor `path` is given. */
  operation?: string;
  /** Matches the path below the API's root. */
  path?: RegExp;
  /** How many requests it meets; 1 unless told. */
  times?: number;
  /** How many matching requests pass untouched before; 0 unless told. */
  after?: number;
  /** The answer's status; without one the connection is dropped without an answer. */
  status?: number;
  headers?: Readonly<Record<string, string>>;
  message?: string;
  /** The request is carried out first, and only its answer replaced or lost. */
  applied?: boolean;
  /** Happens before the answer goes out (or is lost): what somebody else does meanwhile. */
  meanwhile?: () => void;
  /** The request is held back until then, and goes its usual way afterwards; one whose sender has gone by then is not carried out. */
  until?: Promise<void>;
};

export type Faults = {
  add(fault: Fault): void;
  clear(): void;
  next(operation: string, path: string): Fault | undefined;
};

export function createFaults(): Faults {
  const waiting: { fault: Fault; skip: number; left: number }[] = [];
  return {
    add: (fault) => waiting.push({ fault, skip: fault.after ?? 0, left: fault.times ?? 1 }),
    clear: () => void waiting.splice(0),
    next(operation, path) {
      for (const entry of waiting) {
        const { fault } = entry;
        const fits = (fault.operation ?? operation) === operation && (fault.path?.test(path) ?? true);
        if (!fits || entry.left === 0) continue;
        if (entry.skip > 0) entry.skip -= 1;
        else {
          entry.left -= 1;
          return fault;
        }
      }
      return undefined;
    },
  };
}

/** GitHub's secondary limit (content created too quickly). */
export function secondaryLimit(retryAfterSeconds?: number, status: 403 | 429 = 403): Fault {
  return {
    status,
    message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    headers: retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
  };
}
