import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Extraction, extractFindings } from '../../src/findings/extract/extract-findings.ts';

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
type Expected = z.infer<typeof Expected>;

function expectTitles({ issues }: Extraction, expected: Expected): void {
  const titles = issues.map((issue) => issue.title.trim());
  const wanted = new Set(expected.titles);
  const found = titles.filter((title) => wanted.has(title));
  if (expected.anyOrder) expect(new Set(found)).toEqual(wanted);
  else expect([...new Set(found)]).toEqual(expected.titles);
  for (const alternatives of expected.titlesAny)
    expect(titles.some((title) => alternatives.includes(title))).toBe(true);
  expect(titles.filter((title) => expected.mustNot.includes(title))).toEqual([]);
  if (expected.titlesCount !== undefined) expect(issues).toHaveLength(expected.titlesCount);
  if (expected.minTitles !== undefined) expect(issues.length).toBeGreaterThanOrEqual(expected.minTitles);
  if (expected.titlesCount === undefined && expected.minTitles === undefined) {
    const allowed = new Set([...expected.titles, ...expected.titlesAny.flat(), ...expected.mayAlso]);
    expect(titles.filter((title) => !allowed.has(title))).toEqual([]);
  }
}

function expectFields({ issues }: Extraction, expected: Expected): void {
  for (const { title, path, equals, includes } of expected.fields) {
    const issue: unknown = issues.find((candidate) => candidate.title === title);
    const value = path.split('.').reduce<unknown>((inner, key) => z.looseObject({}).catch({}).parse(inner)[key], issue);
    if (equals !== undefined) expect(value).toEqual(equals);
    if (includes !== undefined) expect(String(value)).toContain(includes);
  }
}

describe('an agent output', () => {
  for (const file of readdirSync(join(folder, 'expected'))) {
    const expected = Expected.parse(JSON.parse(readFileSync(join(folder, 'expected', file), 'utf8')));
    test(`${expected.id} (${expected.tier})`, () => {
      const bytes = readFileSync(join(folder, 'inputs', file.replace(/json$/, 'txt')));
      const started = performance.now();
      const extraction = extractFindings(bytes);
      expect(performance.now() - started).toBeLessThan(expected.limitMs);
      expectTitles(extraction, expected);
      expectFields(extraction, expected);
      if (expected.outcome) expect(extraction.outcome, extraction.notes.join(' ')).toBe(expected.outcome);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    });
  }
});

const Own = z.array(
  z.strictObject({
    name: z.string(),
    text: z.string().optional(),
    base64: z.string().optional(),
    outcome: z.enum(['complete', 'incomplete', 'no-json']),
    titles: z.array(z.string()),
  }),
);

describe('an agent output of our own collection', () => {
  for (const { name, text, base64, outcome, titles } of Own.parse(
    JSON.parse(readFileSync(join(folder, 'more.json'), 'utf8')),
  )) {
    test(`${name}: ${outcome}`, () => {
      const extraction = extractFindings(text ?? Buffer.from(base64 ?? '', 'base64'));
      expect(extraction.issues.map((issue) => issue.title)).toEqual(titles);
      expect(extraction.outcome, extraction.notes.join(' ')).toBe(outcome);
    });
  }
});
