import type { CommandOf } from './command.ts';
import { type Misuse, takeWord, toText } from './words.ts';

const options = ['branch', 'base', 'model'] as const;
type Option = (typeof options)[number];

// Git's rules and a shell's special characters are far outside of these; a name cannot be taken for an option of a program either.
const branchName = /^(?!refs\/)[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/;
const modelId = /^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,99}$/;

/** Arguments of `run`: at most one word (a blueprint's name, which the configuration knows), then options, then free text. */
export function parseRun(rest: string): CommandOf<'run'> | Misuse {
  const { word, rest: behind } = takeWord(rest);
  const leads = word !== '' && !isOption(word);
  const read = readOptions(leads ? behind : rest);
  if ('misused' in read) return read;
  const text = toText(leads ? `${word} ${read.rest}` : read.rest);
  return { verb: 'run', ...read.values, ...(text === undefined ? {} : { text }) };
}

function isOption(word: string): boolean {
  return /^-{0,2}[a-z][\w.-]*=/i.test(word);
}

function readOptions(text: string): { values: Partial<Record<Option, string>>; rest: string } | Misuse {
  const values: Partial<Record<Option, string>> = {};
  let left = text.trim();
  for (;;) {
    const { word, rest } = takeWord(left);
    if (!isOption(word)) return { values, rest: left };
    const at = word.indexOf('=');
    const [name, value] = [word.slice(0, at).toLowerCase(), word.slice(at + 1)];
    const option = options.find((each) => each === name);
    if (option === undefined) return { misused: `its options are ${options.map((each) => `\`${each}=\``).join(', ')}` };
    if (values[option] !== undefined) return { misused: `\`${option}=\` may be given once` };
    if (!isValid(option, value)) return { misused: `what follows \`${option}=\` ${demands[option]}` };
    values[option] = value;
    left = rest;
  }
}

const branchDemand = 'has to be the name of a branch, of letters, digits, `.`, `_`, `-` and `/`';
const demands = {
  branch: branchDemand,
  base: branchDemand,
  model: 'has to be the id of a model, of letters, digits, `.`, `_`, `:`, `/`, `@` and `-`',
} as const satisfies Record<Option, string>;

function isValid(option: Option, value: string): boolean {
  return option === 'model' ? modelId.test(value) : isBranchName(value);
}

/** As `git check-ref-format` has it, and stricter. */
function isBranchName(name: string): boolean {
  if (!branchName.test(name) || name.includes('..') || name === 'HEAD') return false;
  return name.split('/').every((part) => part !== '' && !part.startsWith('.') && !/(?:\.lock|\.)$/i.test(part));
}
