import type { Finding, RaisedFinding } from './finding.ts';
import { normaliseCode } from './fingerprint.ts';
import { isSimilarTitle } from './similar-title.ts';

export type Match = { finding: Finding; raised: RaisedFinding; by: 'known' | 'fingerprint' | 'anchor' };

/** Which known finding each raised one is; what is left on either side did not match. */
export type Identified = { matched: readonly Match[]; fresh: readonly RaisedFinding[] };

/** One way of recognising, surest first; it answers with at most one known finding, and with none where there are several. */
type Pass = { by: Match['by']; find: (raised: RaisedFinding, known: readonly Finding[]) => Finding | undefined };

const passes: readonly Pass[] = [
  { by: 'known', find: findCited },
  { by: 'fingerprint', find: findSameFingerprint },
  { by: 'anchor', find: findSameAnchor },
];

/**
 * Recognises findings of earlier sessions, one to one: each pass goes over all that is left and takes what it matched out of the way of
 * the fuzzier ones.
 */
export function identifyFindings(raised: readonly RaisedFinding[], known: readonly Finding[]): Identified {
  const matched: Match[] = [];
  let left = raised;
  let open = known;
  for (const { by, find } of passes) {
    const unmatched: RaisedFinding[] = [];
    const taken = new Set<string>();
    for (const one of left) {
      const finding = find(
        one,
        open.filter(({ id }) => !taken.has(id)),
      );
      if (!finding) unmatched.push(one);
      else {
        matched.push({ finding, raised: one, by });
        taken.add(finding.id);
      }
    }
    left = unmatched;
    open = open.filter(({ id }) => !taken.has(id));
  }
  return { matched, fresh: left };
}

/** The agent's own reference counts where it is plausible: the same file, or where one side has none, the same category. */
function findCited(raised: RaisedFinding, known: readonly Finding[]): Finding | undefined {
  if (raised.known === undefined) return undefined;
  const cited = known.find(({ id }) => id === raised.known);
  if (!cited) return undefined;
  const paths = [cited.location?.path, raised.location?.path];
  const plausible = paths.includes(undefined) ? cited.category === raised.category : paths[0] === paths[1];
  return plausible ? cited : undefined;
}

/** Without quoted code an agent's fingerprint names only a file: there the words have to agree as well. */
function findSameFingerprint(raised: RaisedFinding, known: readonly Finding[]): Finding | undefined {
  const same = known.filter(({ fingerprints }) => fingerprints.includes(raised.fingerprint));
  if (raised.origin.kind === 'check' || raised.evidence.length > 0) return same[0];
  return same.find(
    ({ title, cwe }) => isSimilarTitle(title, raised.title) || (cwe !== undefined && cwe === raised.cwe),
  );
}

/** The same code quoted in the same file, whichever scan or category it was raised under; agents name both as they like. */
function findSameAnchor(raised: RaisedFinding, known: readonly Finding[]): Finding | undefined {
  if (raised.origin.kind !== 'agent') return undefined;
  const anchor = anchorOf(raised);
  if (anchor === undefined) return undefined;
  const same = known.filter((finding) => finding.origin.kind === 'agent' && anchorOf(finding) === anchor);
  return same.length === 1 ? same[0] : undefined;
}

function anchorOf({ evidence }: Pick<Finding, 'evidence'>): string | undefined {
  const [first] = evidence;
  return first && `${first.path}\n${normaliseCode(first.quote)}`;
}
