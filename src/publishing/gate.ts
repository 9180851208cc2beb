import { truncate } from '../lib/text.ts';
import { boundMarkdown, limits } from './bound.ts';
import { disarmBlock, disarmInline, disarmTitle } from './disarm.ts';
import { stripInvisible } from './invisible.ts';
import { longestBackticks, renderFence } from './markdown-blocks.ts';
import { createRedactor } from './redact.ts';
import { brand, type SafeText } from './safe-text.ts';
import { type SecretPieces, takeApart } from './secret-pieces.ts';
import { toSafeTarget } from './triggers.ts';

/**
 * The one way out. Every text that Courier writes to GitHub (titles, bodies, comments, labels, branch names, later files) was made by
 * one of these or by `safe` from their results; the types see to it.
 *
 * Contract: none of them throws, whatever the text; each takes time linear in it; each result, given in again, stays as it is.
 * Secrets become `***` everywhere. What a person sees of the result is what a machine reads in it.
 */
export interface Gate {
  /** One line of Markdown prose. */
  inline(text: string): SafeText;
  /** One line of Markdown prose inside a table cell. */
  cell(text: string): SafeText;
  /** Markdown prose of several lines; its code blocks stay code blocks. */
  block(text: string): SafeText;
  /** A fenced code block. `language` is a hint, and left out where it is not a plain word. */
  code(text: string, language?: string): SafeText;
  /** Code inside a line. */
  codeSpan(text: string): SafeText;
  /** A Markdown link; only its text where the address is neither http(s), mail nor relative. */
  link(text: SafeText, address: string): SafeText;
  /** A label's name: one line of at most 50 characters without commas. May be empty where nothing is left. */
  label(text: string): SafeText;
  /** A title: one line of at most 256 characters. */
  title(text: string): SafeText;
  /** A part of a branch name: lower-case letters, digits and hyphens, at most 60 characters. */
  branch(name: string): SafeText;
  /** The last pass over a whole body: secrets that its parts spell together, and the length GitHub takes (or `limit`). */
  body(text: SafeText, limit?: number): SafeText;
  /** The last pass over a comment. */
  comment(text: SafeText): SafeText;
  /** For logs, reports and records, which are not Markdown: without secrets and invisible characters. */
  plain(text: string): string;
  /** As `plain`, and no line of it is a command to the runner. */
  logLine(text: string): string;
}

/** Longer raw texts are cut before they are looked at; nothing that is published is this long. */
const longestText = 4 * limits.body;
const longestLine = limits.body / 4;

/** @param options.secrets values that must never leave, from 8 characters on; shorter ones are ignored. */
export function createGate(options: { secrets: readonly string[] }): Gate {
  return createGateOver([takeApart(options.secrets)]);
}

/** The same for secrets that were taken apart before. */
export function createGateOver(secrets: readonly SecretPieces[]): Gate {
  const redact = createRedactor(secrets);
  const plain = (text: string) => redact(stripInvisible(text));
  const cleaned = (text: string, limit: number, disarm: (text: string) => string) => {
    const known = plain(truncate(text, limit));
    const disarmed = withoutMarkers(disarm(known));
    // What disarming changed may spell a secret; most texts it leaves as they are.
    return brand(disarmed === known ? known : redact(disarmed));
  };
  const code = (text: string) => withoutMarkers(plain(truncate(text, longestText)));
  const finished = (text: SafeText, limit: number = limits.body) => brand(boundMarkdown(redact(text), limit));
  return {
    inline: (text) => cleaned(text, longestLine, (line) => disarmInline(line)),
    cell: (text) => cleaned(text, longestLine, (line) => disarmInline(line, { cell: true })),
    block: (text) => cleaned(text, longestText, disarmBlock),
    code: (text, language = '') => brand(renderFence({ lines: toLines(code(text)), language, indent: 0 })),
    codeSpan: (text) => brand(renderCodeSpan(code(truncate(text, longestLine)))),
    link: (text, address) => brand(renderLink(text, toSafeTarget(plain(address)))),
    label: (text) => cleaned(text, longestLine, renderLabel),
    title: (text) => cleaned(text, longestLine, renderTitle),
    branch: (name) => cleaned(name, longestLine, renderBranch),
    body: finished,
    comment: (text) => finished(text),
    plain,
    logLine: (text) => withoutCommands(plain(text)),
  };
}

function toLines(text: string): readonly string[] {
  return text.replace(/\n+$/, '').split('\n');
}

// Inside code too: the managed block is found by its markers, and quoted code may hold them.
function withoutMarkers(text: string): string {
  return text.replace(/<!--(?=\s*courier\s*:)/gi, '<!- -');
}

function renderCodeSpan(text: string): string {
  const line = text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/`{20,}/g, '`'.repeat(19));
  if (line === '') return '';
  const fence = '`'.repeat(longestBackticks(line) + 1);
  const pad = /^`|`$/.test(line) ? ' ' : '';
  return fence + pad + line + pad + fence;
}

function renderLink(text: SafeText, target: string | undefined): string {
  return target === undefined ? text : `[${text}](${target})`;
}

function renderLabel(text: string): string {
  return truncate(text.replace(/[\s,]+/g, ' ').trim(), limits.label).trim();
}

function renderTitle(text: string): string {
  return truncate(disarmTitle(text), limits.title);
}

/** Git's rules for references and a shell's special characters are both far outside of what is left. */
function renderBranch(name: string): string {
  const words =
    name
      .normalize('NFKD')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return words.join('-').slice(0, 60).replace(/-+$/, '') || 'change';
}

/** The runner takes a line that begins with `::`, after any white space, as a command, and an older form, `##[`, anywhere in it. */
function withoutCommands(text: string): string {
  return text.replace(/^([^\S\n]*):(?=:)/gm, '$1: ').replace(/##(?=\[)/g, '# #');
}
