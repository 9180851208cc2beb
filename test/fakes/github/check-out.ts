import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { encodeObject, type GitObjects } from './git-objects.ts';

/** A commit and all that it stands on, in a new folder, as `actions/checkout` leaves it with `fetch-depth: 0`. */
export function checkOut(objects: GitObjects, commit: string): { root: string; remove: () => void } {
  const root = mkdtempSync(path.join(tmpdir(), 'courier-checkout-'));
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'ignore' });
  git('init', '--quiet');
  for (const sha of reachable(objects, commit)) {
    const object = objects.get(sha);
    const folder = path.join(root, '.git/objects', sha.slice(0, 2));
    mkdirSync(folder, { recursive: true });
    if (object) writeFileSync(path.join(folder, sha.slice(2)), deflateSync(encodeObject(object)));
  }
  git('checkout', '--quiet', '--detach', commit);
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}

function reachable(objects: GitObjects, from: string): Set<string> {
  const [found, waiting] = [new Set<string>(), [from]];
  for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
    const object = objects.get(sha);
    if (!object) throw new Error(`the double has no object ${sha}`);
    if (found.has(sha)) continue;
    found.add(sha);
    if (object.type === 'commit') waiting.push(object.tree, ...object.parents);
    if (object.type === 'tree') waiting.push(...object.entries.map((entry) => entry.sha));
  }
  return found;
}
