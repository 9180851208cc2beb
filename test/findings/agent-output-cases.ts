import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Extraction } from '../../src/findings/extract/extract-findings.ts';

const folder = join(import.meta.dirname, '../fixtures/agent-output');

const Expected = z.strictObject({
  id: z.string(),
  tier: z.enum(['must', 'should', 'stretch']),
  outcome: z.enum(['complete', 'incomplete', 'no-json']).nullable().optional(),
  titles: z.array(z.string()),
  anyOrder: z.boolean().default(false),
  titlesAny: z.array(z.array(z.string())).default([]),
  mayAlso: z.array(z.string()).default([]),
  mustNot: z.array(z.string()).default([]),
  titlesCount: z.number().optional(),
  minTitles: z.number().optional(),
  fields: z
    .array(
      z.strictObject({
        title: z.string(),
        path: z.string(),
        equals: z.unknown().optional(),
        includes: z.string().optional(),
      }),
    )
    .default([]),
  noPollution: z.boolean().default(false),
  limitMs: z.number().default(2000),
  note: z.string().optional(),
});
export type Expected = z.infer<typeof Expected>;

/** An agent's output file, and what has to be recovered from it. */
export type OutputCase = { expected: Expected; read: () => Uint8Array };

export function readOutputCases(): OutputCase[] {
  return readdirSync(join(folder, 'expected')).map((file) => ({
    expected: Expected.parse(JSON.parse(readFileSync(join(folder, 'expected', file), 'utf8'))),
    read: () => readFileSync(join(folder, 'inputs', file.replace(/json$/, 'txt'))),
  }));
}

const Own = z.array(
  z.strictObject({
    name: z.string(),
    text: z.string().optional(),
    base64: z.string().optional(),
    outcome: z.enum(['complete', 'incomplete', 'no-json']),
    titles: z.array(z.string()),
  }),
);

/** Cases of our own: outcome and titles. */
export function readOwnOutputCases() {
  return Own.parse(JSON.parse(readFileSync(join(folder, 'more.json'), 'utf8'))).map(
    ({ text, base64, ...expected }) => ({
      ...expected,
      input: text ?? Buffer.from(base64 ?? '', 'base64'),
    }),
  );
}

/** What is wrong with what was recovered, a sentence each; nothing where all is as expected. */
export function complaintsAbout(extraction: Extraction, expected: Expected): string[] {
  return [
    ...titleComplaints(extraction, expected),
    ...fieldComplaints(extraction, expected),
    ...outcomeComplaints(extraction, expected),
  ];
}

function titleComplaints({ issues }: Extraction, expected: Expected): string[] {
  const titles = issues.map((issue) => issue.title.trim());
  const wanted = new Set(expected.titles);
  const found = [...new Set(titles.filter((title) => wanted.has(title)))];
  const inOrder = expected.anyOrder ? found.length === wanted.size : found.join('\n') === expected.titles.join('\n');
  const bounded = expected.titlesCount !== undefined || expected.minTitles !== undefined;
  const allowed = new Set([...expected.titles, ...expected.titlesAny.flat(), ...expected.mayAlso]);
  return [
    ...(inOrder ? [] : [`found ${JSON.stringify(found)} of ${JSON.stringify(expected.titles)}`]),
    ...expected.titlesAny
      .filter((any) => !any.some((title) => titles.includes(title)))
      .map((any) => `none of ${JSON.stringify(any)}`),
    ...titles.filter((title) => expected.mustNot.includes(title)).map((title) => `must not be found: ${title}`),
    ...(expected.titlesCount === undefined || issues.length === expected.titlesCount
      ? []
      : [`${issues.length} issues`]),
    ...(issues.length >= (expected.minTitles ?? 0) ? [] : [`only ${issues.length} issues`]),
    ...(bounded ? [] : titles.filter((title) => !allowed.has(title)).map((title) => `made up: ${title}`)),
  ];
}

function fieldComplaints({ issues }: Extraction, { fields }: Expected): string[] {
  return fields.flatMap(({ title, path, equals, includes }) => {
    const issue: unknown = issues.find((candidate) => candidate.title === title);
    const value = path.split('.').reduce<unknown>((inner, key) => z.looseObject({}).catch({}).parse(inner)[key], issue);
    const differs = equals !== undefined && JSON.stringify(value) !== JSON.stringify(equals);
    const lacks = includes !== undefined && !String(value).includes(includes);
    return differs || lacks ? [`${path} of ${title} is ${JSON.stringify(value)}`] : [];
  });
}

function outcomeComplaints({ outcome, notes }: Extraction, expected: Expected): string[] {
  const isRight = !expected.outcome || expected.outcome === outcome;
  return isRight ? [] : [`the outcome is ${outcome}, not ${expected.outcome}: ${notes.join(' ')}`];
}
