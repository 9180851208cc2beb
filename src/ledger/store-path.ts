/** A segment of a store path: no leading dot (that is `.`, `..`, `.git` and a store's own bookkeeping), no control character, no `\` or `:`. */
const segment = /^[^./\\:\p{Cc}][^/\\:\p{Cc}]*$/u;

/** Whether a store may keep a file under this path: relative, forward slashes, never leading out. Every `Store` refuses the others. */
export function isStorePath(path: string): boolean {
  return path.length <= 500 && path.split('/').every((part) => segment.test(part));
}
