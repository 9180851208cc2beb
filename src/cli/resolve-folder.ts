import { stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../lib/errors.ts';

/** The absolute path of an existing folder. @throws UserError where there is none. */
export async function resolveFolder(cwd: string, operand = '.'): Promise<string> {
  const folder = path.resolve(cwd, operand);
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory()) return folder;
  throw new UserError(found ? `${operand} is not a folder.` : `There is no folder ${operand}.`);
}

/** The path as a person in `cwd` would write it. */
export function relativeTo(cwd: string, file: string): string {
  const relative = path.relative(cwd, file);
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
}
