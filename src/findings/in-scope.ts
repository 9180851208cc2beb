import { createMatcher } from '../lib/glob.ts';
import type { Finding } from './finding.ts';

/**
 * A test for findings that lie in the paths of a scan (no paths: everything). A finding without a place lies only in a scan of everything.
 * Where a file was renamed, its present path counts.
 */
export function createScope(
  paths: readonly string[],
  renames: readonly (readonly [string, string])[] = [],
): (finding: Pick<Finding, 'location'>) => boolean {
  if (paths.length === 0) return () => true;
  const matches = createMatcher(paths);
  const moved = new Map(renames);
  return ({ location }) => location !== undefined && matches(moved.get(location.path) ?? location.path);
}
