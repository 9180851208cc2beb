/** What goes wrong with the next calls that it matches. */
export type Fault = {
  /** Pattern for `METHOD /path`, as the SDK calls it; for the inside of a sandbox also `POST /process.Process/Start`. */
  match: string;
  /** Pattern for what is said to the inside of a sandbox: which of its calls is meant. */
  says?: string;
  /** How often; default once. */
  times?: number;
  /** Calls that are let through first. */
  skip?: number;
  /** Answers with this in place of doing anything. */
  status?: number;
  headers?: Record<string, string>;
  message?: string;
  /** Hangs up before anything is done. */
  reset?: boolean;
  /** Does it, and hangs up in place of the answer. */
  loseAnswer?: boolean;
  /** Does it, and hangs up after so many bytes of the answer. */
  cutAfter?: number;
};

/** The faults to come, in order; each call takes the first that matches. */
export function createFaults() {
  let waiting: Fault[] = [];
  return {
    set(faults: readonly Fault[]): void {
      waiting = faults.map((fault) => ({ ...fault }));
    },
    take(call: string, said = ''): Fault | undefined {
      const found = waiting.find(({ match, says = '' }) => new RegExp(match).test(call) && new RegExp(says).test(said));
      if (!found) return undefined;
      if (found.skip) {
        found.skip -= 1;
        return undefined;
      }
      found.times = (found.times ?? 1) - 1;
      if (found.times <= 0) waiting = waiting.filter((each) => each !== found);
      return found;
    },
  };
}
export type Faults = ReturnType<typeof createFaults>;
