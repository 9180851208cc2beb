import { posix } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { oneLine, truncate } from '../lib/text.ts';

/** A folder of knowledge with a `SKILL.md`; `folder` is absolute, in the sandbox. */
export type Skill = { name: string; description: string; folder: string };

const Frontmatter = z.object({ name: z.string().catch(''), description: z.string().catch('') });

/** As the field writes it: YAML between two lines of hyphens at the beginning of `SKILL.md`. */
export function describeSkill(folder: string, guide: Uint8Array | undefined): Pick<Skill, 'name' | 'description'> {
  const [, yaml = ''] = /^---\r?\n([\s\S]{0,20000}?)\r?\n---\s*(?:\r?\n|$)/.exec(new TextDecoder().decode(guide)) ?? [];
  const { name, description } = Frontmatter.catch({ name: '', description: '' }).parse(readYaml(yaml));
  return {
    name: truncate(oneLine(name), 64) || posix.basename(folder),
    description: truncate(oneLine(description), 500),
  };
}

function readYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch {
    return undefined;
  }
}
