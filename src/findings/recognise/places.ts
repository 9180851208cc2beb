import { pathDigest } from '../anchor.ts';
import type { Anchor, Finding } from '../finding.ts';

/** What became of the files that known findings were in. */
export type Places = {
  /** Where the file of a known finding is now. */
  pathOf(finding: Finding): string | undefined;
  /** A known finding's anchors where their files are now, newest first. */
  anchorsOf(finding: Finding): readonly Anchor[];
  /** Whether the finding's code cannot be where it was: its file is gone, and nothing says that it is still there. */
  hasLeft(finding: Finding): boolean;
  /** Whether somebody who looked for this very finding saw it where it was: then what stands elsewhere is another one. */
  isStill(finding: Finding): boolean;
};

export function createPlaces({
  renames,
  gone,
  present,
}: {
  renames: readonly (readonly [string, string])[];
  gone: readonly string[];
  present: readonly string[];
}): Places {
  const moved = new Map(renames);
  const movedDigests = new Map(renames.map(([from, to]) => [pathDigest(from), pathDigest(to)]));
  const [left, still] = [new Set(gone), new Set(present)];
  const pathOf = ({ location }: Finding) => location && (moved.get(location.path) ?? location.path);
  return {
    pathOf,
    anchorsOf: ({ anchors }) =>
      anchors.map((anchor) => ({ ...anchor, path: movedDigests.get(anchor.path) ?? anchor.path })).toReversed(),
    hasLeft: (finding) => left.has(pathOf(finding) ?? '') && !still.has(finding.id),
    isStill: ({ id }) => still.has(id),
  };
}
