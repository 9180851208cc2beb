/**
 * `owner/name` out of a remote's address, of any host: `https://host/owner/name.git`, `ssh://git@host:22/owner/name`,
 * `git@host:owner/name.git`. A path on this machine names no owner: `undefined`.
 */
export function nameOfRemote(url: string): string | undefined {
  const address =
    /^(?:https?|ssh|git):\/\/[^/]+\/(.+)$/i.exec(url) ?? /^(?:[^/@:\s]+@)?[^/:\s]{2,}:(?!\/\/)\/?(.+)$/.exec(url);
  const parts = (address?.[1] ?? '')
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .split('/');
  const [owner, name] = parts.slice(-2);
  if (!owner || !name || ![owner, name].every((part) => /^[\w.-]+$/.test(part) && !/^\.+$/.test(part)))
    return undefined;
  return `${owner}/${name}`;
}
