import type { Anchor, Finding, RaisedFinding } from '../finding.ts';
import type { TextVector, WeightedText } from './text-vectors.ts';

/** A finding with what it is compared by. */
export type Side<Kind> = { of: Kind; vector: TextVector; names: () => ReadonlySet<string>; anchors: readonly Anchor[] };

/** What of a finding is compared by its words. */
export function textOf({ title, description, evidence }: RaisedFinding | Finding): WeightedText {
  return [
    { text: title, times: 2 },
    { text: description, times: 1 },
    { text: evidence[0]?.quote ?? '', times: 1 },
  ];
}
