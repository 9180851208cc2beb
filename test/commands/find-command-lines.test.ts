import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findCommandLines } from '../../src/commands/find-command-lines.ts';
import { mayHoldCommand } from '../../src/events/may-hold-command.ts';

const Corpus = z.object({ silent: z.record(z.string(), z.string()), unclear: z.record(z.string(), z.string()) });
const corpus = Corpus.parse(
  JSON.parse(readFileSync(new URL('../fixtures/commands/hidden.json', import.meta.url), 'utf8')),
);
const clear = (body: string) => findCommandLines(body).flatMap(({ text, unclear }) => (unclear ? [] : [text]));

/** What a reader sees of rendered Markdown: without code, quotes, comments and what stands in tags. */
function seen(body: string): string {
  const html = micromark(body, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<(pre|code|blockquote|script|style|textarea)\b[\s\S]*?(?:<\/\1>|$)/gi, '');
  return html.replace(/<[a-z/!?](?:"[^"]*"|'[^']*'|[^'">])*>/gi, '');
}

describe('the lines of a comment that begin with /courier', () => {
  it.each(Object.entries(corpus.silent))('does not see a command in: %s', (_, body) => {
    expect(findCommandLines(body)).toEqual([]);
  });

  it.each(Object.entries(corpus.unclear))('sees no clear command in: %s', (_, body) => {
    expect(findCommandLines(body).map(({ unclear }) => unclear)).toEqual([true]);
  });

  it.each([
    ['alone', '/courier run', ['run']],
    ['up to three spaces from the left', '   /courier run', ['run']],
    ['in any case', '/Courier Run', ['Run']],
    ['with Windows line ends', 'Hello\r\n\r\n/courier run fast\r\nbye', ['run fast']],
    ['several, in their order', '/courier verify\ntext\n/courier scan', ['verify', 'scan']],
    ['behind a closed fence', '```\n/courier run\n```\n/courier scan', ['scan']],
    ['behind a closed fence in a list', '- ```\n  /courier run\n  ```\n\n/courier scan', ['scan']],
    ['behind a quote and an empty line', '> it is ready\n\n/courier run', ['run']],
    ['behind a comment that is closed', '<!-- x -->\n/courier run', ['run']],
    ['behind a comment over lines', '<!--\nx\n-->\n/courier run', ['run']],
    ['in the middle of a paragraph', 'See `this`:\n/courier run\nThank you', ['run']],
    ['in a paragraph with a comparison', 'if a < b then\n/courier run\nas b > a', ['run']],
    ['behind a mention of a tag', 'the `<pre>` and `<!--` of it\n\n/courier run', ['run']],
    ['behind words of a list', '- one\n- two\n/courier run', ['run']],
    ['with an option and code', '/courier run branch=a/b `quick`', ['run branch=a/b `quick`']],
    ['without any word', '/courier', ['']],
  ])('sees a command %s', (_, body, expected) => {
    expect(clear(body)).toEqual(expected);
  });

  const piece = fc.constantFrom(
    ...['/courier scan a', 'text', '> quote', '>', '```', '````', '~~~', '- item', '- ```', '  ```', '1. x', '- > q'],
    ...[
      '    code',
      '\tcode',
      '<!--',
      '-->',
      '<!-- x -->',
      '`',
      '``',
      'a `b',
      '`c` d',
      '\\`',
      '<pre>',
      '</pre>',
      '<code>',
    ],
    ...[
      '</code>',
      '<div>',
      '</div>',
      '<b>',
      'x <a title="',
      '">',
      '[x](y "',
      '")',
      '[x]: y "',
      '![a',
      '](b)',
      '# h',
      '---',
    ],
    ...[
      '| a |',
      '|---|',
      '',
      '',
      '',
      '  - nested',
      '   text',
      '<blockquote>',
      '</blockquote>',
      '$$',
      '***',
      '<?',
      '?>',
    ],
  );

  it('never takes for a command what a reader does not see as plain text', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
        const named = lines.map((line, index) => (line.startsWith('/courier') ? `/courier scan token${index}x` : line));
        const body = named.join(end);
        const text = seen(body);
        for (const command of clear(body)) expect(text).toContain(`/courier ${command}`);
      }),
      { numRuns: 4000 },
    );
  });

  it('says of any text with a command that it may hold one', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (lines) => {
        const body = lines.join('\n');
        if (findCommandLines(body).length > 0) expect(mayHoldCommand(body)).toBe(true);
      }),
    );
  });

  it('ends with any text, however long', () => {
    for (const part of [
      '`',
      '<a ',
      '![',
      '](',
      '``\n`\n',
      '- `\n',
      '<!--',
      '<pre',
      '\\`',
      '> ',
      '\t- ',
      '/courier\n',
    ]) {
      const body = `${part.repeat(Math.ceil(100_000 / part.length))}\n/courier run`;
      expect(findCommandLines(body).length).toBeLessThanOrEqual(21);
    }
    const paragraph = `${'a `b` <c "d\n'.repeat(5000)}/courier run`;
    expect(findCommandLines(paragraph)).toHaveLength(1);
  });

  it('shows the caller that there are too many', () => {
    expect(findCommandLines('/courier run\n'.repeat(100))).toHaveLength(21);
  });
});
