import type { Finding } from '../findings/finding.ts';
import { mostPaths, type Scope } from './scope.ts';

/** What a scope is derived from: the findings that there are, and what the session's scans looked at. */
export type Surroundings = {
  findings: readonly Pick<Finding, 'id' | 'category' | 'location'>[];
  scans: readonly { name: string; paths: readonly string[] }[];
};

/** Where something holds that a scan raised: at the findings that hang on it, else where the scan looks. */
export function scopeOf(
  { scan, findings }: { scan?: string | undefined; findings: readonly string[] },
  { findings: known, scans }: Surroundings,
): Scope {
  const ids = new Set(findings);
  const own = known.filter(({ id }) => ids.has(id));
  const places = own.flatMap(({ location }) => location?.path ?? []);
  const looked = scans.find(({ name }) => name === scan)?.paths ?? [];
  // A finding without a place may be anywhere.
  const paths = own.length > 0 && places.length === own.length ? places : looked;
  return {
    paths: [...new Set(paths)].slice(0, mostPaths),
    categories: [...new Set(own.map(({ category }) => category))],
  };
}

/** Where any of several holds. */
export function scopeOfAll(scopes: readonly Scope[]): Scope {
  const all = (lists: readonly (readonly string[])[], most: number) => {
    const joined = [...new Set(lists.flat())];
    // One that holds everywhere, or more than is kept: everywhere.
    return lists.some((list) => list.length === 0) || joined.length > most ? [] : joined;
  };
  return {
    paths: all(
      scopes.map(({ paths }) => paths),
      mostPaths,
    ),
    categories: all(
      scopes.map(({ categories }) => categories),
      20,
    ),
  };
}
