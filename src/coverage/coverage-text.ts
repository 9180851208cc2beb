import { allBlocks, type Range } from './blocks.ts';
import type { FileAttention, ScanCoverage } from './coverage.ts';
import { type FileFacts, fileKinds } from './file-facts.ts';

/** `3b18e51a2c4d 120 code`: a file as one text of a record. */
export function renderFacts({ blob, lines, kind }: FileFacts): string {
  return `${blob} ${lines} ${kind}`;
}

const facts = new RegExp(`^([0-9a-f]{12}) (\\d{1,8}) (${fileKinds.join('|')})$`);

/** @returns `undefined` for what is no such text. */
export function parseFacts(path: string, text: string): FileFacts | undefined {
  const [, blob, lines, found] = facts.exec(text) ?? [];
  const kind = fileKinds.find((one) => one === found);
  return blob === undefined || !kind ? undefined : { path, blob, lines: Number(lines), kind };
}

/** `3b18e51a2c4d 120 ffff 2026-11-21 0`: content, lines, blocks seen (hexadecimal), day of the last look or `-`, offers since. */
export function renderAttention({ blob, lines, seen, day, offers }: FileAttention): string {
  return `${blob} ${lines} ${seen.toString(16)} ${day ?? '-'} ${offers}`;
}

const attention = /^([0-9a-f]{12}) (\d{1,8}) ([0-9a-f]{1,4}) (-|\d{4}-\d{2}-\d{2}) (\d{1,2})$/;

/** @returns `undefined` for what is no such text. */
export function parseAttention(text: string): FileAttention | undefined {
  const [, blob, lines, seen = '', day, offers] = attention.exec(text) ?? [];
  if (blob === undefined) return undefined;
  return {
    blob,
    lines: Number(lines),
    seen: Number.parseInt(seen, 16) & allBlocks(Number(lines)),
    ...(day === '-' ? {} : { day }),
    offers: Number(offers),
  };
}

/** `ffff` or `00f0 41-80,100-120`: what a session saw of a file, with the lines where they may be told. */
export function renderLook({ seen, ranges }: { seen: number; ranges?: readonly Range[] | undefined }): string {
  const lines = (ranges ?? []).slice(0, mostRanges).map(([from, to]) => `${from}-${to}`);
  return [seen.toString(16), ...(lines.length > 0 ? [lines.join(',')] : [])].join(' ');
}

const mostRanges = 50;

/** @returns `undefined` for what is no such text. */
export function parseLook(text: string): { seen: number } | undefined {
  const [, seen] = /^([0-9a-f]{1,4})(?: \d{1,8}-\d{1,8}(?:,\d{1,8}-\d{1,8})*)?$/.exec(text) ?? [];
  return seen === undefined ? undefined : { seen: Number.parseInt(seen, 16) };
}

/** A record of texts as a map; what cannot be read is left out. */
export function parseScanCoverage(record: Readonly<Record<string, string>>): ScanCoverage {
  const entries = Object.entries(record).flatMap(([path, text]) => {
    const found = parseAttention(text);
    return found ? [[path, found] as const] : [];
  });
  return new Map(entries);
}
