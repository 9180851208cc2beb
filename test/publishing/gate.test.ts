import { describe, expect, it } from 'vitest';
import { limits } from '../../src/publishing/bound.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { amongShown, joinSafe, type SafeText, safe } from '../../src/publishing/safe-text.ts';
import { computingMsOf } from '../computing-time.ts';
import { renderMarkdown } from './rendered.ts';

const gate = createGate({ secrets: ['a-secret-value-1234'] });

describe('safe text', () => {
  it('is not a plain string to the compiler', () => {
    const raw: string = '@octocat';
    // @ts-expect-error a raw string does not fit where safe text is asked for
    const stolen: SafeText = raw;
    // @ts-expect-error a raw string may not be put into a template
    const template = safe`hello ${raw}`;
    // @ts-expect-error nor may an untrusted separator
    const joined = joinSafe([gate.inline('a'), gate.inline('b')], raw);
    const unknown: unknown = raw;
    // @ts-expect-error nor anything whose type is not known
    const anything = safe`${unknown}`;
    expect([stolen, template, joined, anything]).toHaveLength(4);
  });

  it('takes safe text and numbers', () => {
    expect(safe`${3} of ${gate.inline('@a')}`).toBe('3 of `@a`');
  });

  it('leaves out what is empty or missing when it joins', () => {
    expect(joinSafe([gate.inline('a'), undefined, safe``, gate.inline('b')], safe`, `)).toBe('a, b');
  });

  it.each([
    ['two code spans', safe`${gate.codeSpan('a')}${gate.codeSpan('b')}`, '`a` `b`'],
    [
      'an exclamation mark and a link',
      safe`${gate.inline('Look!')}${gate.link(safe`x`, 'https://a.example')}`,
      'Look! [x](https://a.example)',
    ],
    ['an address and a code span', safe`${gate.inline('www.a.example/')}${gate.codeSpan('b')}`, 'www.a.example/ `b`'],
  ])('keeps %s apart', (_name, text, expected) => {
    expect(text).toBe(expected);
  });

  it('writes people’s own text back as it is', () => {
    expect(amongShown('@me fixes #1 <!-- x -->\r\n', gate.inline('@a'), '\n/merge')).toBe(
      '@me fixes #1 <!-- x -->\r\n`@a`\n/merge',
    );
  });
});

describe('the gate', () => {
  it('hides the whole of a secret of which a part could be anything, and a secret that could be anything', () => {
    const dull = '0'.repeat(20);
    const { plain } = createGate({ secrets: [`opensesame-${dull}-abracadabra`, '--------------------', 'kkkkkkkkk'] });
    expect(plain(`a opensesame-${dull}-abracadabra b`)).toBe('a *** b');
    expect(plain(`a ${'-'.repeat(20)} b kkkkkkkkk c`)).toBe('a *** b *** c');
    expect(plain(`a ${dull} b`)).toBe(`a ${dull} b`);
  });

  it('hides a secret of any length from eight characters on, and its encodings', () => {
    const long = 'q7Zk2mWx9RtB4vLc8NpDs3HyJf6GaTe1UoKi5';
    for (let length = 8; length <= long.length; length++) {
      const secret = long.slice(0, length);
      const { plain } = createGate({ secrets: [secret] });
      for (const form of [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret).toString('base64url')])
        expect(plain(`x ${form} y`), form).toBe('x *** y');
    }
  });

  it('leaves ordinary prose as it is', () => {
    const text = [
      '## Why',
      '',
      'The **query** is built from `name` in _src/db.js_ (see [the guide](https://example.org/a?b=c#L3)):',
      '',
      '- first, 3 < 4 is fine',
      '- second & last: a@b.example, C:/x, 100 %',
      '',
      '| a | b |',
      '|---|---|',
      '| `x` | y |',
      '',
      '```js',
      'db.query("@user #1 <!-- x -->" + name); // fixes #1',
      '```',
    ].join('\n');
    expect(gate.block(text)).toBe(text.replace('3 < 4', '3 &lt; 4'));
  });

  it('shows a reader the same words', () => {
    const text = 'Ping @octocat, fixes #1: <b>a & b</b> costs <5 ms, see <div> and \\@x';
    expect(renderMarkdown(gate.inline(text)).visible).toBe(
      'Ping @octocat, fixes #1: a & b costs <5 ms, see <div> and @x',
    );
  });

  it('keeps a code block inside its list item', () => {
    const { html } = renderMarkdown(gate.block('1. Do\n   ```sh\n   npm test\n   ```\n2. Done'));
    expect(html).toMatch(/<li>[\s\S]*<code class="language-sh">npm test\n<\/code>[\s\S]*<\/li>\n<li>/);
  });

  it('takes no run of backticks for code that is longer than renderers take', () => {
    const run = '`'.repeat(100);
    expect(gate.inline(`${run} @octocat ${run}`)).toContain(' `@octocat` ');
  });

  it('leaves JSON readable when it masks a key in it', () => {
    const key = ['-----BEGIN ', 'PRIVATE KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0B\n-----END PRIVATE KEY-----'].join('');
    const record = { whole: key, begun: key.slice(0, 45), ended: key.slice(45), after: 'text' };
    const text = gate.plain(JSON.stringify(record));
    expect(text).not.toMatch(/MIIEvQ|hkiG9w0B/);
    expect(Object.keys(JSON.parse(text))).toContain('after');
  });

  it('cuts titles and labels on whole characters', () => {
    const title = gate.title('😀'.repeat(300));
    expect(title.length).toBeLessThanOrEqual(limits.title);
    expect(title.isWellFormed()).toBe(true);
    expect(gate.label('x'.repeat(80))).toHaveLength(limits.label);
  });

  it('makes links only to addresses that open a page', () => {
    expect(gate.link(safe`x`, 'https://h.example/a b)"<')).toBe('[x](https://h.example/a%20b%29%22%3C)');
    expect(gate.link(safe`x`, 'javascript:alert(1)')).toBe('x');
  });

  it('masks a secret in a link’s text and address', () => {
    expect(gate.link(gate.inline('a-secret-value-1234'), 'https://h.example/?q=a-secret-value-1234')).toBe(
      '[\\***](https://h.example/?q=%2A%2A%2A)',
    );
  });
});

describe('a body that is too long', () => {
  const managed = (content: SafeText) => safe`<!-- courier:begin -->\n${content}\n<!-- courier:end -->`;

  it('is left alone as long as it fits', () => {
    const text = managed(gate.code('x'.repeat(60_000)));
    expect(gate.body(text)).toBe(text);
  });

  it('is cut between lines, says so, closes its code block and keeps the end marker', () => {
    const body = gate.body(managed(gate.code('some code\n'.repeat(20_000))));
    expect(body.length).toBeLessThanOrEqual(limits.body);
    expect(body).toMatch(/\nsome code\n```\n\n_Cut here: .*_\n<!-- courier:end -->$/);
    expect(renderMarkdown(body).prose).toContain('Cut here');
  });

  it('closes what it has folded away', () => {
    const inner = gate.block('word\n\n'.repeat(30_000));
    const body = gate.comment(safe`<details>\n<summary>x</summary>\n\n${inner}\n\n</details>`);
    expect(body.length).toBeLessThanOrEqual(limits.body);
    expect(body).toMatch(/\n<\/details>\n\n_Cut here: .*_$/);
  });

  it('takes a smaller limit', () => {
    const body = gate.body(gate.block('word\n'.repeat(1000)), 500);
    expect(body.length).toBeLessThanOrEqual(500);
    expect(body).toContain('Cut here');
  });
});

describe('a hostile megabyte', () => {
  const unit = [
    ...[
      '`',
      '``` ',
      '` `` ``` ',
      '<!--',
      '<!-- -->',
      '<!-',
      '&#',
      '&#64;',
      '&#x&#52;0;',
      '@',
      '@a-',
      '@a/',
      '](',
      '[a](b ',
      '![',
      '\\',
      '<',
      '<kbd>',
      '</kbd>',
    ],
    ...[
      'a/',
      'a.',
      '#1',
      '> ',
      '> - ',
      '~~~\n',
      '```\n',
      '`a`\n',
      '|',
      '| - ',
      'http://',
      'http://a/&',
      '<details>\n',
      '<summary>',
      '[//]: #\n',
      '<https://a',
      ' ',
      '--!>',
    ],
    ...[
      'eyJ',
      'eyJaaaaaaaaaa.',
      'ghs_',
      'xoxb-',
      '://a:',
      'authorization: bearer ',
      '-----BEGIN PRIVATE KEY-----',
      '-----BEGIN ',
      'a-secret-value',
      '\u200b',
      '\u001b]',
      '\u001b[',
    ],
  ];

  it.each(unit)('of %j takes no longer than its length', (text) => {
    const hostile = text.repeat(Math.ceil(150_000 / text.length));
    const took = computingMsOf(() => {
      for (const pass of [gate.inline, gate.block, gate.title, gate.label, gate.codeSpan, gate.plain, gate.logLine])
        pass(hostile);
      gate.code(hostile);
    });
    // About 0.05 s on two slow cores; anything quadratic takes half a minute and more.
    expect(took).toBeLessThan(15_000);
  });
});
