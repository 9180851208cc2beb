// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const control = /[\u0000-\u001f\u007f]/;

/**
 * A path that somebody else chose (an agent, a tool's report), as a repository-relative path with forward slashes that names something
 * inside the repository; `undefined` for everything that leads elsewhere or is no path: absolute, home or drive paths, URLs, control
 * characters, too many `..`, the `.git` folder, more than 1,024 characters.
 *
 * `workspace` is the absolute path of the repository where the writer saw it; paths below it become relative.
 * The answer is lexical: whoever reads the file still has to refuse links that lead out.
 */
export function toRepositoryPath(text: string, { workspace }: { workspace?: string } = {}): string | undefined {
  const trimmed = text.trim().replace(/^(["'`])(.*)\1$/, '$2');
  if (trimmed === '' || trimmed.length > 1024 || control.test(trimmed)) return undefined;
  const slashed = trimmed.replaceAll('\\', '/');
  const relative = workspace === undefined ? slashed : withoutPrefix(slashed, workspace);
  if (/^(?:\/|~|[a-z]:|[a-z][a-z0-9+.-]*:\/\/)/i.test(relative)) return undefined;
  return resolveSegments(relative);
}

function withoutPrefix(path: string, workspace: string): string {
  const prefix = `${workspace.replaceAll('\\', '/').replace(/\/+$/, '')}/`;
  return prefix !== '/' && path.startsWith(prefix) ? path.slice(prefix.length).replace(/^\/+/, '') : path;
}

function resolveSegments(path: string): string | undefined {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') kept.push(segment);
    else if (kept.pop() === undefined) return undefined;
  }
  const [first] = kept;
  // A drive may stand behind what `..` took away.
  if (first === undefined || first.toLowerCase() === '.git' || /^[a-z]:/i.test(first)) return undefined;
  return kept.join('/');
}

/** Relative, never leading out, and not git's own data (`git~1` is its short name on Windows). */
export function isPlainRelative(name: string): boolean {
  if (name === '' || name.includes('\0') || /^(?:\/|[a-z]:[\\/])/i.test(name)) return false;
  return name.split('/').every((part) => !['', '.', '..', '.git', 'git~1'].includes(part.toLowerCase()));
}
