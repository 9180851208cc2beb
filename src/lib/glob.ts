import picomatch from 'picomatch';

const options = { dot: true, nonegate: true } as const;

/**
 * A test for repository-relative paths (forward slashes). A path matches where any glob matches and no `!glob` does; with nothing but
 * `!globs` everything else matches; an empty list matches everything. Dot files match like any other; a trailing `/` means all below.
 */
export function createMatcher(globs: readonly string[]): (path: string) => boolean {
  const wanted = globs.filter((glob) => !glob.startsWith('!')).map(cleaned);
  const unwanted = globs.filter((glob) => glob.startsWith('!')).map((glob) => cleaned(glob.slice(1)));
  const accepts = wanted.length === 0 ? () => true : picomatch(wanted, options);
  const rejects = unwanted.length === 0 ? () => false : picomatch(unwanted, options);
  return (path) => accepts(path) && !rejects(path);
}

function cleaned(glob: string): string {
  const relative = glob.replace(/^(\.?\/)+/, '');
  const whole = relative.endsWith('/') ? `${relative}**` : relative;
  // Folders such as `app/(group)` are names, unless a pattern like `@(a|b)` is meant.
  return /[!?*+@]\(|\|/.test(whole) ? whole : whole.replace(/(?<!\\)[()]/g, '\\$&');
}
