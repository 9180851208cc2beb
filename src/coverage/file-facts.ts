import { gitBlob } from '../lib/hash.ts';
import { isTelling } from './shown-lines.ts';

export const fileKinds = ['code', 'config', 'test', 'text', 'data', 'unread'] as const;
/** What a file is to a reader, the most telling kind first. `unread`: nothing that anybody reads line by line. */
export type FileKind = (typeof fileKinds)[number];

/** What coverage has to know of a file. */
export type FileFacts = {
  /** Repository-relative, forward slashes. */
  path: string;
  /** The first 12 hex digits of the content's name in git. */
  blob: string;
  lines: number;
  kind: FileKind;
};

/** @param bytes the content; `undefined` where it cannot be read or is too large to be. */
export function toFileFacts(path: string, bytes: Uint8Array | undefined): FileFacts {
  if (!bytes || bytes.subarray(0, 8000).includes(0))
    return { path, blob: bytes ? blobOf(bytes) : '0'.repeat(12), lines: 0, kind: 'unread' };
  const lines = countLines(bytes);
  const isPacked = bytes.length / Math.max(1, lines) > longestAverage && bytes.length > 2 * longestAverage;
  return { path, blob: blobOf(bytes), lines, kind: isPacked || saysNothing(bytes) ? 'unread' : kindOf(path) };
}

/** The lines of a text as they are compared: without the white space around them. */
export function comparedLines(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** `{}` and the like: nothing by which it could be recognised, and nothing to find in it. */
function saysNothing(bytes: Uint8Array): boolean {
  return bytes.length < 200 && !comparedLines(new TextDecoder().decode(bytes)).some(isTelling);
}

// Minified code and data on one line: a command's output shows none of it whole.
const longestAverage = 400;

const locks =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|[Cc]argo\.lock|go\.sum|poetry\.lock|uv\.lock|Pipfile\.lock|composer\.lock|Gemfile\.lock|flake\.lock)$|\.(?:min\.(?:js|css)|map|svg)$/;
const tests = /(?:^|\/)(?:tests?|__tests__|specs?|fixtures|testdata|e2e|examples?)\/|[._-](?:test|spec)\.[^/]+$/i;
const data =
  /\.(?:json|jsonl|ndjson|csv|tsv|xml|snap|html?|po|txt|sql\.gz|ipynb)$|(?:^|\/)(?:vendor|third_party|dist)\//i;
const texts = /\.(?:md|mdx|rst|adoc)$|(?:^|\/)(?:docs?|LICENSE|NOTICE|CHANGELOG)(?:\/|[^/]*$)/;
const settings =
  /\.(?:ya?ml|toml|ini|cfg|conf|properties|env)$|(?:^|\/)(?:Dockerfile|Makefile|package\.json|tsconfig[^/]*\.json|\.[^/]+)$/;

function kindOf(path: string): FileKind {
  if (locks.test(path)) return 'unread';
  if (tests.test(path)) return 'test';
  if (settings.test(path)) return 'config';
  if (data.test(path)) return 'data';
  return texts.test(path) ? 'text' : 'code';
}

function blobOf(bytes: Uint8Array): string {
  return gitBlob(bytes).slice(0, 12);
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines += 1;
  return bytes.length > 0 && bytes.at(-1) !== 10 ? lines + 1 : lines;
}
