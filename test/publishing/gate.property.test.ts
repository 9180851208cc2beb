import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGate } from '../../src/publishing/gate.ts';
import { renderMarkdown } from './rendered.ts';

const secret = 'c4nary-Zebra/Quartz+91x7Kw';
const gate = createGate({ secrets: [secret] });

/** Texts made of what Markdown, HTML and GitHub read something into. */
const parts = [
  ...[
    '@',
    'user',
    '@user',
    '@org/team',
    '#1',
    '#',
    '12',
    'GH-7',
    'o/r#3',
    'fixes ',
    'https://github.com/o/r/issues/4',
    'http://x.yz/@user',
  ],
  ...[
    '`',
    '``',
    '```',
    '~~~',
    '\n',
    '\n\n',
    ' ',
    '    ',
    '\t',
    '\\',
    '*',
    '_',
    '**',
    '~',
    '$',
    '|',
    '|-|\n',
    '- ',
    '> ',
    '1. ',
    '# ',
    '---\n',
  ],
  ...[
    '<!--',
    '-->',
    '--!>',
    '<',
    '>',
    '<b>',
    '</b>',
    '<br>',
    '<code>',
    '</code>',
    '<details>',
    '</details>',
    '<summary>',
    '</summary>',
  ],
  ...[
    '<img src=x>',
    '<script>',
    '<pre>',
    '<a href="',
    '"',
    "'",
    '!',
    '[',
    ']',
    '(',
    ')',
    '![a](http://x.yz/i)',
    '](',
    ']:',
    '[//]: # (',
    '[^1]',
  ],
  ...[
    '&#64;',
    '&commat;',
    '&#x40;',
    '&#',
    '&',
    ';',
    '&amp;',
    '&lt;',
    '&#117;',
    '&zwj;',
    '&#8203;',
    '&#96;',
    'javascript:',
    'mailto:',
    ':',
  ],
  ...[
    '\u200b',
    '\u202e',
    '\u2060',
    '\u{e0041}',
    '\ufe0f',
    '\u200d',
    '👩',
    '💻',
    '\ud83d',
    '\u001b[31m',
    '\r\n',
    '\r',
    '\u0000',
    'é',
    'a',
    '/',
    '/approve',
    '.',
    ',',
  ],
  ...[secret, secret.slice(0, 13), secret.slice(11)],
];
const hostile = fc.array(fc.constantFrom(...parts), { maxLength: 24 }).map((list) => list.join(''));
const runs = { numRuns: 1000 };

function assertHarmless(markdown: string): void {
  const { prose, tags, html } = renderMarkdown(markdown);
  expect(prose).not.toMatch(/(?:^|[^A-Za-z0-9_])@[A-Za-z0-9]/m);
  expect(prose).not.toMatch(/(?:^|[^A-Za-z0-9_&])#\d/m);
  expect(prose).not.toMatch(/(?:^|[^A-Za-z0-9_])gh-\d/im);
  expect(html).not.toMatch(/<!--|<img|<script|<pre>(?!<code)|href="(?:javascript|data):/i);
  expect(html.replace(/<code[\s\S]*?<\/code>/g, '')).not.toMatch(/https?:[^<]*\/issues\/\d/);
  for (const tag of tags) expect(tag).toMatch(allowedTag);
}

const allowedTag =
  /^<(?:\/?(?:p|em|strong|b|i|s|del|ins|sub|sup|kbd|samp|var|code|pre|ul|ol|li|blockquote|h[1-6]|table|thead|tbody|tr|details|summary)|br ?\/?|hr ?\/?|code class="language-[^"]*"|ol start="\d+"|t[hd](?: align="\w+")?|\/t[hd]|a href="(?:https?:|mailto:|[^":]*")[^>]*|\/a|input type="checkbox"[^>]*)>$/;

describe('the gate, on any text', () => {
  it('lets no mention, reference, image, comment or foreign tag live in rendered prose', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        assertHarmless(gate.block(text));
        assertHarmless(gate.inline(text));
        assertHarmless(`| a | b |\n|---|---|\n| ${gate.cell(text)} | x |`);
      }),
      runs,
    );
  });

  it('stays harmless in the middle of other text', () => {
    fc.assert(
      fc.property(hostile, hostile, (first, second) => {
        assertHarmless(
          `- ${gate.inline(first)} ${gate.inline(second)}\n\n${gate.block(first)}\n\n${gate.code(second)}\n\n${gate.block(second)}`,
        );
      }),
      runs,
    );
  });

  it('keeps a table cell one cell', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { tags } = renderMarkdown(`| a | b |\n|---|---|\n| ${gate.cell(text)} | x |`);
        expect(tags.filter((tag) => tag === '<td>')).toHaveLength(2);
      }),
      runs,
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const pass of [
          gate.block,
          gate.inline,
          gate.cell,
          gate.title,
          gate.label,
          gate.branch,
          gate.plain,
          gate.logLine,
        ]) {
          const once = pass(text);
          expect(pass(once)).toBe(once);
        }
      }),
      runs,
    );
  });

  it('shows code blocks and code spans as one piece of code, whatever is in them', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(renderMarkdown(gate.code(text)).prose.trim()).toBe('');
        expect(renderMarkdown(gate.codeSpan(text)).prose.trim()).toBe('');
      }),
      runs,
    );
  });
});
