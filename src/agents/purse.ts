/**
 * The money of a session, from which its agents draw, side by side. What a call may cost at worst is set aside before it is made, so
 * together they never spend more than there is.
 */
export type Purse = {
  /** A draw for one agent. */
  open(): Draw;
  /** US dollars spent so far, by all. */
  spentUsd(): number;
};

export type Draw = {
  /** What this one may spend or set aside: all that nobody has spent and no other has set aside. */
  availableUsd(): number;
  /** Sets aside so much, instead of what this one had set aside before. @returns whether it was there; else nothing has changed. */
  reserve(usd: number): boolean;
  /** Something was spent; it is taken from what was set aside. */
  settle(usd: number): void;
  /** Gives back what is still set aside. */
  close(): void;
};

/** @param spentUsd what was spent of `limitUsd` before, by an earlier run of the session for one */
export function createPurse(limitUsd: number, spentUsd = 0): Purse {
  const aside = new Map<symbol, number>();
  let spent = spentUsd;

  function open(): Draw {
    const self = Symbol();
    const availableUsd = () => {
      let others = 0;
      for (const [owner, usd] of aside) if (owner !== self) others += usd;
      return limitUsd - spent - others;
    };
    return {
      availableUsd,
      reserve(usd) {
        if (usd > availableUsd()) return false;
        aside.set(self, usd);
        return true;
      },
      settle(usd) {
        spent += usd;
        aside.set(self, Math.max(0, (aside.get(self) ?? 0) - usd));
      },
      close: () => void aside.delete(self),
    };
  }

  return { open, spentUsd: () => spent };
}
