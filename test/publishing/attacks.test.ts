import { describe, expect, it } from 'vitest';
import { createGate, type Gate } from '../../src/publishing/gate.ts';
import { type SafeText, safe } from '../../src/publishing/safe-text.ts';
import attacks from '../fixtures/publishing/attacks.json' with { type: 'json' };
import { renderMarkdown } from './rendered.ts';

const gate = createGate({ secrets: [] });

const sinks: Readonly<Record<string, (text: string) => string>> = {
  ...(gate satisfies Gate),
  code: (text) => gate.code(text),
  body: (text) => gate.body(gate.block(text)),
  comment: (text) => gate.comment(gate.block(text)),
  link: (text) => gate.link(gate.inline(text), 'https://github.com'),
};
const markdown = ['inline', 'block', 'cell', 'code', 'codeSpan', 'comment', 'body'];

describe('an attack on what Courier publishes', () => {
  it.each(attacks)('is disarmed: $name', ({ input, context, mustNotContain, mustContain }) => {
    const sink = sinks[context];
    if (!sink) throw new Error(`no sink ${context}`);
    const result = sink(input);
    for (const text of mustNotContain) expect(result).not.toContain(text);
    for (const text of mustContain) expect(result).toContain(text);
    if (context !== 'code' && context !== 'codeSpan' && context !== 'comment') expect(sink(result)).toBe(result);
  });

  it.each(attacks.filter(({ context }) => markdown.includes(context)))(
    'does nothing once rendered: $name',
    ({ input, context }) => {
      const { prose, html } = renderMarkdown(sinks[context]?.(input) ?? '');
      expect(prose).not.toMatch(/(?:^|[^A-Za-z0-9_])(?:@[A-Za-z0-9]|#\d|gh-\d)/im);
      expect(html).not.toMatch(/<!--|<img|<script|<style|<picture|<p hidden|<span|href="(?!https?:|mailto:)/i);
    },
  );

  it('covers every kind of text that leaves', () => {
    const covered = new Set(attacks.map(({ context }) => context));
    expect([...covered].sort()).toEqual(
      ['block', 'branch', 'cell', 'code', 'codeSpan', 'comment', 'inline', 'label', 'logLine', 'plain', 'title'].sort(),
    );
    expect(attacks.length).toBeGreaterThanOrEqual(60);
  });
});

describe('a canary', () => {
  const canary = 'Canary/7f3Q+zebra-Quartz_91';
  const watched = createGate({ secrets: [canary] });
  const hex = Buffer.from(canary).toString('hex');
  const base64 = Buffer.from(canary).toString('base64');
  const encodings: Readonly<Record<string, string>> = {
    raw: canary,
    base64,
    'base64 without padding': base64.replace(/=+$/, ''),
    base64url: Buffer.from(canary).toString('base64url'),
    'base64 inside other text': Buffer.from(`x=${canary};y`).toString('base64'),
    hex,
    'hex in capitals': hex.toUpperCase(),
    'hex with colons': hex.match(/../g)?.join(':') ?? '',
    'url-encoded': encodeURIComponent(canary),
    'url-encoded throughout': hex.replace(/../g, '%$&'),
    reversed: [...canary].reverse().join(''),
    'base64 of the reversed': Buffer.from([...canary].reverse().join('')).toString('base64'),
    'JSON-escaped': [...canary].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    'as entities': [...canary].map((sign) => `&#${sign.charCodeAt(0)};`).join(''),
    rot13: canary.replace(/[a-z]/gi, (s) => String.fromCharCode(s.charCodeAt(0) + (s.toLowerCase() < 'n' ? 13 : -13))),
    spaced: [...canary].join(' '),
    'with hyphens': [...canary].join('-'),
    'in pieces of 13': `${canary.slice(0, 13)} and ${canary.slice(13)}`,
  };
  const outlets: Readonly<Record<string, (text: string) => string>> = {
    title: watched.title,
    inline: watched.inline,
    cell: watched.cell,
    block: watched.block,
    code: (text) => watched.code(text),
    'code span': watched.codeSpan,
    label: watched.label,
    plain: watched.plain,
    'log line': watched.logLine,
    'link address': (text) => watched.link(watched.inline('x'), `https://example.org/${text}`),
    body: (text) => watched.body(watched.block(text)),
    comment: (text) => watched.comment(safe`a ${watched.inline(text)} b`),
  };

  for (const [encoding, text] of Object.entries(encodings)) {
    it.each(Object.entries(outlets))(`${encoding}, does not leave by %s`, (_name, outlet) => {
      const result = outlet(`seen: ${text} end`);
      for (let at = 0; at + 8 <= text.length; at += 4) expect(result).not.toContain(text.slice(at, at + 8));
      expect(result).toMatch(/\*\*\*|%2A%2A%2A/);
    });
  }

  it('does not leave by a branch name', () => {
    expect(watched.branch(`fix ${canary}`)).toBe('fix');
  });

  it('is found where two texts spell it only together', () => {
    const halves: readonly [SafeText, SafeText] = [
      watched.inline(canary.slice(0, 11)),
      watched.inline(canary.slice(11, 21)),
    ];
    const body = safe`${halves[0]}${halves[1]}`;
    expect(body).toContain(canary.slice(0, 21));
    expect(watched.body(body)).toBe('***');
  });

  it('leaves ordinary text alone, also where it shares a few characters', () => {
    const text = 'A canary in a zebra quartz mine, 91 of them.';
    expect(watched.inline(text)).toBe(text);
  });

  it('is not made of short or everyday values', () => {
    const gate = createGate({ secrets: ['main', 'true', '', '       ', '1234567'] });
    expect(gate.plain('main true 1234567')).toBe('main true 1234567');
  });
});
