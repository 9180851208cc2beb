import { z } from 'zod';
import { UserError } from '../lib/errors.ts';
import { describeIssue } from './describe-issue.ts';

/** How a person writes a value: as text, one of a few words, a number, a list, or a secret that is never shown. */
export type SettingKind = 'text' | 'choice' | 'number' | 'list' | 'secret';

/** What help and documentation say of a setting. */
export type SettingFacts = {
  description: string;
  kind: SettingKind;
  /** As it is written in `action.yml`; absent: none. */
  default?: string;
};

const registry = z.registry<SettingFacts>();

/** A value that a person may give as text; absent where it is not given. */
export function setting<T extends z.ZodType>(schema: T, facts: SettingFacts) {
  const made = z.exactOptional(schema);
  registry.add(made, facts);
  return made;
}

/** @throws when the schema was not made by `setting` or `settingWithDefault`. */
export function factsOf(schema: z.core.$ZodType): SettingFacts {
  const facts = registry.get(schema);
  if (!facts) throw new Error('a setting without facts');
  return facts;
}

/** One of a few words that is always there. */
export function choiceWithDefault<const T extends readonly string[]>(
  choices: T,
  standard: NoInfer<T[number]>,
  description: string,
) {
  return z.enum(choices).prefault(standard).register(registry, { description, kind: 'choice', default: standard });
}

/** A text that is always there. */
export function textWithDefault(schema: z.ZodString, standard: string, description: string) {
  return schema.prefault(standard).register(registry, { description, kind: 'text', default: standard });
}

/** Text of a whole number within bounds, both included. */
export function wholeNumber(min: number, max: number) {
  const isWhole = (text: string) => /^\d{1,15}$/.test(text) && Number(text) >= min && Number(text) <= max;
  return z.string().refine(isWhole, `a whole number from ${min} to ${max}`).transform(Number);
}

/** Text of a number above zero, such as 0.5. */
export function positiveNumber(max: number) {
  const isPositive = (text: string) => /^\d{1,15}(\.\d{1,15})?$/.test(text) && Number(text) > 0 && Number(text) <= max;
  return z.string().refine(isPositive, `a number above 0 and at most ${max}`).transform(Number);
}

/** Text of a list, separated by commas or line breaks; every item fits the schema. */
export function listOf(item: z.ZodString, expected: string) {
  return z
    .string()
    .transform(splitList)
    .refine((items) => items.every((it) => item.safeParse(it).success), expected);
}

/** Items between commas or line breaks. A comma inside braces belongs to its item: `src/*.{ts,tsx}` is one pattern. */
export function splitList(text: string): string[] {
  const items = text.split(/\r?\n/).flatMap((line) => {
    const parts: string[] = [];
    let depth = 0;
    for (const [index, part] of line.split(',').entries()) {
      if (index > 0 && depth > 0) parts.push(`${parts.pop()},${part}`);
      else parts.push(part);
      depth = Math.max(0, depth + part.split('{').length - part.split('}').length);
    }
    return parts;
  });
  return items.map((it) => it.trim()).filter((it) => it !== '');
}

/** `maxNewIssues` → `max-new-issues` */
export function toKebab(key: string): string {
  return key.replace(/[A-Z0-9]+/g, (part, offset) =>
    offset > 0 && /[A-Z]/.test(part) ? `-${part.toLowerCase()}` : part,
  );
}

/**
 * Understands what a person gave.
 * @param given texts by key; a text that is empty or white space counts as not given.
 * @param nameOf how a key is called in messages.
 * @throws UserError that lists every problem, a line each.
 */
export function parseSettings<T extends z.ZodObject>(
  schema: T,
  given: Readonly<Record<string, string | undefined>>,
  nameOf: (key: string) => string,
): z.infer<T> {
  const texts = Object.entries(given).flatMap(([key, text]) => (text?.trim() ? [[key, text.trim()]] : []));
  const root = Object.fromEntries(texts);
  const result = schema.safeParse(root);
  if (result.success) return result.data;
  const lines = result.error.issues
    .flatMap((issue) => describeIssue(issue, root))
    .map(({ path, text }) => `${nameOf(String(path[0]))}: ${text}`);
  throw new UserError([...new Set(lines)].join('\n'));
}
