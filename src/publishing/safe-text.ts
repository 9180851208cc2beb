declare const cleaned: unique symbol;

/** Text that passed the gate (gate.ts). Only such text may leave for GitHub; a plain string does not fit where it is asked for. */
export type SafeText = string & { readonly [cleaned]: true };
