import { Glob } from '../config/fields.ts';
import type { CommandOf } from './command.ts';
import { type Misuse, toText } from './words.ts';

/** Paths before the first colon: without white space in them, and such that nobody writes in a sentence. */
const pathsFirst = /^((?:[^\s,:]+\s*,\s*)*[^\s,:]+)\s*:(?:\s+(.*))?$/s;

/** `[paths:] TEXT`, the paths with commas between them. */
export function parseRule(rest: string): CommandOf<'rule'> | Misuse {
  const [, before = '', behind = ''] = pathsFirst.exec(rest.trim()) ?? [];
  const paths = before.split(',').map((path) => path.trim());
  const isPaths = before !== '' && paths.every((path) => /[/*.]/.test(path));
  const text = toText(isPaths ? behind : rest);
  if (text === undefined) return { misused: 'the rule is missing' };
  if (!isPaths) return { verb: 'rule', text };
  const bad = paths.find((path) => !Glob.safeParse(path).success);
  return bad === undefined
    ? { verb: 'rule', paths, text }
    : { misused: 'a path is relative to the repository, with `/` and without `..`' };
}
