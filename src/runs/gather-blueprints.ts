import { posix } from 'node:path';
import { Blueprint, type BlueprintStep } from '../config/blueprint.ts';
import { Name } from '../config/fields.ts';
import { understandYaml } from '../config/understand-yaml.ts';
import { UserError } from '../lib/errors.ts';
import { builtInBlueprints } from './built-in-blueprints.ts';

/** The blueprints of a repository, by name. */
export type Blueprints = ReadonlyMap<string, Blueprint>;

const place = /^\.courier\/blueprints\/[^/]+\.ya?ml$/;
const mostFiles = 50;

/** Whether a file of the repository is a blueprint, named by its file. */
export function isBlueprintFile(path: string): boolean {
  return place.test(path);
}

/**
 * All blueprints that a run may follow. One of the configuration takes the place of a file's of the same name, and both that of a built-in one.
 *
 * @throws UserError that names file, line and field of every mistake.
 */
export function gatherBlueprints(
  configured: Readonly<Record<string, Blueprint>>,
  files: readonly { path: string; text: string }[],
  review: Review = { judge: true, evaluator: true },
): Blueprints {
  if (files.length > mostFiles)
    throw new UserError(`.courier/blueprints holds ${files.length} blueprints, and ${mostFiles} are the most.`);
  const read = files.map(({ path, text }) => [nameOf(path), understandYaml(Blueprint, text, path)] as const);
  const names = read.map(([name]) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined)
    throw new UserError(`.courier/blueprints holds two files of the name ${twice}: rename one of them.`);
  return new Map([...builtIn(review), ...read, ...Object.entries(configured)]);
}

/** Whether built-in blueprints have these roles; whoever writes one of their own says so there. */
type Review = { judge: boolean; evaluator: boolean };

function builtIn(review: Review): [string, Blueprint][] {
  const isWanted = (step: BlueprintStep) =>
    !('role' in step) || (step.role !== 'judge' && step.role !== 'evaluator') || review[step.role];
  return Object.entries(builtInBlueprints).map(([name, { steps, ...rest }]) => [
    name,
    { ...rest, steps: steps.filter(isWanted) },
  ]);
}

function nameOf(path: string): string {
  const name = posix.basename(path).replace(/\.ya?ml$/, '');
  const problem = Name.safeParse(name).error?.issues[0]?.message;
  if (problem !== undefined) throw new UserError(`${path}: a blueprint is called as its file, by ${problem}`);
  return name;
}
