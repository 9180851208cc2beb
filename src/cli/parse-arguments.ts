import { parseArgs } from 'node:util';
import { factsOf, toKebab } from '../config/setting.ts';
import { UserError } from '../lib/errors.ts';
import { suggest } from '../lib/text.ts';
import { type Command, type Flag, flags, type Given } from './command.ts';

/** Understands what stands behind a command's name. @throws UserError for the first thing that does not fit it. */
export function parseArguments(args: readonly string[], command: Command): Given {
  const keys = new Map(Object.keys(command.options.shape).map((key) => [toKebab(key), key]));
  const tokens = tokensOf(args, [...keys.keys()]);
  const operands = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const given = tokens.flatMap((token) => (token.kind === 'option' ? [understand(token, command, keys)] : []));
  const chosen = new Set(given.flatMap((it) => ('flag' in it ? [it.flag] : [])));
  const options: Record<string, string> = {};
  for (const it of given) {
    if (!('key' in it)) continue;
    const before = isList(command, it.key) ? options[it.key] : undefined;
    options[it.key] = before === undefined ? it.text : `${before}\n${it.text}`;
  }
  if (!chosen.has('help')) checkOperands(operands, command);
  return { operands, options, flags: chosen };
}

type Token = ReturnType<typeof tokensOf>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

function tokensOf(args: readonly string[], names: readonly string[]) {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  return parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

const letters: Readonly<Record<string, string>> = { h: 'help', q: 'quiet' };

function understand(
  token: OptionToken,
  command: Command,
  keys: ReadonlyMap<string, string>,
): { flag: Flag } | { key: string; text: string } {
  const name = letters[token.name] ?? token.name;
  const key = keys.get(name);
  if (key !== undefined) return { key, text: textOf(token, name) };
  if (!isFlagOf(name, command)) throw new UserError(unknownOption(token.rawName, [...keys.keys()], command));
  if (token.value !== undefined) throw new UserError(`${token.rawName} takes no value.`);
  return { flag: name };
}

function textOf({ value, inlineValue, rawName }: OptionToken, name: string): string {
  if (value === undefined || (!inlineValue && /^-./.test(value))) {
    throw new UserError(`${rawName} needs a value (one that starts with "-" is written --${name}=VALUE).`);
  }
  return value;
}

/** A list may be given in parts; of anything else the last word counts. */
function isList(command: Command, key: string): boolean {
  const schema = command.options.shape[key];
  return schema !== undefined && factsOf(schema).kind === 'list';
}

function isFlagOf(name: string, command: Command): name is Flag {
  return name === 'help' || command.flags.some((flag) => flag === name);
}

function unknownOption(rawName: string, names: readonly string[], command: Command): string {
  const word = rawName.replace(/^-+/, '');
  // A switch of another command is no misspelling.
  const meant = Object.hasOwn(flags, word) ? undefined : suggest(word, [...names, ...command.flags, 'help']);
  const hint = meant ? ` Did you mean --${meant}?` : '';
  return `Unknown option ${rawName} of courier ${command.name}.${hint} \`courier ${command.name} --help\` lists the options.`;
}

function checkOperands(operands: readonly string[], { name, operand }: Command): void {
  const extra = operands[operand ? 1 : 0];
  if (extra !== undefined && !operand?.rest)
    throw new UserError(`courier ${name} does not know what to do with "${extra}".`);
  if (operand?.required && operands.length === 0) {
    throw new UserError(
      `courier ${name} needs ${operand.name}: ${operand.meaning} \`courier ${name} --help\` says more.`,
    );
  }
  if (operand?.rest?.required && operands.length < 2) {
    const { rest } = operand;
    throw new UserError(`courier ${name} needs ${rest.name}: ${rest.meaning} \`courier ${name} --help\` says more.`);
  }
}
