import { Buffer } from 'node:buffer';
import { posix } from 'node:path';
import { createMatcher } from '../lib/glob.ts';
import { count } from '../lib/text.ts';
import { type EquipmentFile, runner, toCommands } from './runner.ts';
import { describeSkill, type Skill } from './skill.ts';

/** What the configuration gives to an agent, by its names. */
export type Wanted = {
  skills: readonly string[];
  scripts: readonly string[];
  commands: Readonly<Record<string, string>>;
};

/** Repository-relative paths: of each skill its folder and all files below it. */
export type Chosen = { skills: readonly { folder: string; paths: readonly string[] }[]; scripts: readonly string[] };

/** What goes into the sandbox, what the agent is told of it, and what could not be given. */
export type Equipment = {
  files: readonly EquipmentFile[];
  skills: readonly Skill[];
  scripts: readonly string[];
  notes: readonly string[];
};

export const equipmentLimits = { skills: 50, files: 300, scripts: 50, bytes: 4 << 20 };

/** Which files of a repository are meant. A pattern of a skill matches its folder, or its `SKILL.md`. */
export function chooseEquipment(
  { skills, scripts }: Pick<Wanted, 'skills' | 'scripts'>,
  files: readonly string[],
): Chosen {
  return {
    skills: skills.length === 0 ? [] : chooseSkills(skills, files),
    scripts: scripts.length === 0 ? [] : files.filter(createMatcher(scripts)),
  };
}

function chooseSkills(globs: readonly string[], files: readonly string[]): Chosen['skills'] {
  const matches = createMatcher(globs);
  const folders = files
    .filter((file) => posix.basename(file) === 'SKILL.md')
    .map((file) => posix.dirname(file))
    .filter((folder) => folder !== '.' && (matches(folder) || matches(`${folder}/SKILL.md`)));
  const outer = folders.filter((folder) => !folders.some((other) => folder.startsWith(`${other}/`)));
  return outer.map((folder) => ({ folder, paths: files.filter((file) => file.startsWith(`${folder}/`)) }));
}

/**
 * @param place the folder in the sandbox that gets all of it: `skills/`, `bin/` and `commands/` below it
 * @param options.workspace where commands run
 */
export function toEquipment(
  { commands, chosen }: { commands: Wanted['commands']; chosen: Chosen },
  contents: ReadonlyMap<string, Uint8Array>,
  { place, workspace }: { place: string; workspace: string },
): Equipment {
  const load = createLoad();
  const skills = toSkills(chosen.skills, contents, { place, load });
  const scripts = toScripts(chosen.scripts, contents, { place, load });
  const beyond = (['skills', 'scripts'] as const).flatMap((what) => {
    const left = chosen[what].length - equipmentLimits[what];
    return left > 0 ? [`${count(left, what.slice(0, -1))} beyond the first ${equipmentLimits[what]} had no room.`] : [];
  });
  const files = [...load.files, ...toCommands(commands, { place, workspace })];
  return { files, skills, scripts, notes: [...load.notes, ...beyond] };
}

type Load = {
  files: EquipmentFile[];
  notes: string[];
  /** Takes all of these files or none: where there is no room, or where not all could be read. */
  take(files: readonly EquipmentFile[], of: { count: number; what: string }): boolean;
};

function createLoad(): Load {
  let room = equipmentLimits.bytes;
  const load: Load = {
    files: [],
    notes: [],
    take(files, of) {
      const size = files.reduce((sum, { data }) => sum + data.length, 0);
      const fits = size <= room && load.files.length + files.length <= equipmentLimits.files;
      if (!fits || files.length < of.count) {
        load.notes.push(`${of.what} is not given to the agent: ${describeLimits()}.`);
        return false;
      }
      room -= size;
      load.files.push(...files);
      return true;
    },
  };
  return load;
}

type Means = { place: string; load: Load };

function toSkills(
  chosen: Chosen['skills'],
  contents: ReadonlyMap<string, Uint8Array>,
  { place, load }: Means,
): readonly Skill[] {
  const skills: Skill[] = [];
  for (const { folder, paths } of chosen.slice(0, equipmentLimits.skills)) {
    const name = unique(posix.basename(folder), new Set(skills.map((skill) => posix.basename(skill.folder))));
    const inside = `${place}/skills/${name}`;
    const own = paths.flatMap((path) => toFile(`${inside}${path.slice(folder.length)}`, contents.get(path)));
    if (load.take(own, { count: paths.length, what: `The skill ${folder}` }))
      skills.push({ ...describeSkill(folder, contents.get(`${folder}/SKILL.md`)), folder: inside });
  }
  return skills;
}

function toScripts(
  chosen: Chosen['scripts'],
  contents: ReadonlyMap<string, Uint8Array>,
  { place, load }: Means,
): readonly string[] {
  const scripts: string[] = [];
  for (const path of chosen.slice(0, equipmentLimits.scripts)) {
    const name = posix.basename(path);
    const file = toFile(`${place}/bin/${name}`, contents.get(path)).map((each) => ({ ...each, executable: true }));
    if (name === runner || scripts.includes(name))
      load.notes.push(`The script ${path} is not given to the agent: another one has its name.`);
    else if (load.take(file, { count: 1, what: `The script ${path}` })) scripts.push(name);
  }
  return scripts;
}

function describeLimits(): string {
  const { files, bytes } = equipmentLimits;
  return `skills and scripts may have ${count(files, 'file')} and ${bytes >> 20} MiB together`;
}

/** What nobody can read is nowhere; what begins as a script can be run. */
function toFile(path: string, data: Uint8Array | undefined): EquipmentFile[] {
  return data ? [{ path, data, executable: data[0] === 0x23 && data[1] === 0x21 }] : [];
}

function unique(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const attempt = number === 1 ? name : `${name}-${number}`;
    if (!taken.has(attempt)) return attempt;
  }
}

/** Lines for a shell of Courier's own, which lays the files down: mode, path and contents of each, in base64. */
export function packEquipment(files: readonly EquipmentFile[]): string {
  const base64 = (data: Uint8Array | string) => Buffer.from(data).toString('base64');
  return files
    .map(({ path, executable, data }) => `${executable ? '755' : '644'} ${base64(path)} ${base64(data)}\n`)
    .join('');
}
