import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { renderMarkdownReport } from '../../src/reports/markdown-report.ts';
import { blockMarkdown, codeSpan, inlineMarkdown, markdownTable } from '../../src/reports/markdown-text.ts';
import { parseProse } from '../../src/reports/prose.ts';
import { computingMsOf } from '../computing-time.ts';
import { aFinding, aReport, aSession, hostile } from './builders.ts';
import { aFullReport } from './sample.ts';

/** As a lax renderer would show it: nothing is sanitised. */
const toHtml = (markdown: string) =>
  micromark(markdown, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
  });
const toText = (markup: string) =>
  markup
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|quot|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', quot: '"', amp: '&' })[name] ?? '');

describe('the Markdown report', () => {
  it('reads as a person would write it', async () => {
    await expect(renderMarkdownReport(aFullReport())).toMatchFileSnapshot('../fixtures/reports/report.md');
  });

  it('shows the evidence with its lines and marks it', () => {
    const text = renderMarkdownReport(aFullReport());
    expect(text).toMatch(/^> {2}7 │ {3}const rows = await db\.query/m);
    expect(text).toMatch(/^ {3}8 │ {3}return rows/m);
    expect(text).toMatch(/^> 3 │ {3}accessKeyId: '\*\*\*',/m);
    expect(text).not.toContain('AKIAQ3');
  });

  it('lets no untrusted text add markup, images, links or HTML', () => {
    const texts = Object.values(hostile);
    const findings = texts.map((text) =>
      aFinding({
        title: text,
        description: text,
        cwe: text,
        location: { path: text, startLine: 1 },
        evidence: [{ path: text, startLine: 1, quote: text }],
        reproduce: { command: text, present: { match: text } },
        expected: text,
        nextSteps: [text],
        origin: { kind: 'check', name: text, rule: text },
        issue: { number: 1, url: `https://github.com/x)${text}`, labels: [] },
      }),
    );
    const session = aSession({
      displayName: hostile.markdown,
      reasons: texts,
      rejected: texts.map((text) => ({ title: text, reason: text })),
      assumptions: texts.map((text) => ({ id: text, text, basis: text, findings: [] })),
    });
    const repository = { ...aReport().repository, branch: hostile.markdown, name: hostile.script };
    const markup = toHtml(renderMarkdownReport(aReport({ findings, session, repository })));
    expect(markup).not.toMatch(/<(script|img|svg|style|textarea|b|input)\b|<!--/i);
    const targets = [...markup.matchAll(/<a[^>]*href="([^"]*)"/g)].map(([, target = '']) => target);
    expect(targets.filter((target) => !target.startsWith('https://github.com/acme/shop/blob/'))).toEqual([]);
    expect(markup.match(/<h1>/g)).toHaveLength(1);
    const table = markup.slice(0, markup.indexOf('</table>'));
    expect(table.match(/<tr>/g)).toHaveLength(1 + texts.length);
  });
});

describe('text in Markdown', () => {
  it('shows inline text as it was written', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]{1,60}$/), (text) => {
        const shown = toText(toHtml(`x ${inlineMarkdown(text)}`));
        expect(shown).toBe(`x ${text.replace(/\s+/g, ' ').trim()}`.trim());
      }),
    );
  });

  it('shows code as it was written', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-~]([ -~]{0,30}[!-~])?$/), (text) => {
        expect(toText(toHtml(`x ${codeSpan(text)}`))).toBe(`x ${text.replace(/\s+/g, ' ')}`);
      }),
    );
  });

  it('keeps every row of a table in its columns', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[ -~\n]{0,20}$/), { minLength: 1, maxLength: 5 }), (texts) => {
        const markup = toHtml(
          markdownTable(
            ['a', 'b'],
            texts.map((text) => [codeSpan(text), inlineMarkdown(text)]),
          ),
        );
        expect(markup.match(/<td>/g)).toHaveLength(2 * texts.length);
      }),
    );
  });

  it('keeps paragraphs, lists, code and bold of a description, and nothing else', () => {
    const text = 'A **bold** `x`.\n\n- one\n- two\n\n```js\n<b>\n```\n\n[a](http://x) ![i](y) <i>\n# Head';
    const markup = toHtml(blockMarkdown(text));
    expect(markup).toContain('<strong>bold</strong> <code>x</code>');
    expect(markup).toContain('<li>one</li>');
    expect(markup).toContain('&lt;b&gt;');
    expect(markup).toContain('<strong>Head</strong>');
    expect(markup).not.toMatch(/<(a|img|i|h1)\b/);
  });

  it('reads any text as prose and loses no word of it but what stands on the line of a fence', () => {
    const piece = fc.constantFrom(
      '```',
      '~~~',
      '**',
      '`',
      '- ',
      '1. ',
      '# ',
      '\n',
      '\n\n',
      ' ',
      'one',
      'two',
      '<b>',
      '](',
    );
    const words = (text: string) => new Set(text.match(/one|two/g));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const read = words(JSON.stringify(parseProse(text)));
        expect(words(text.replace(/^ {0,3}(```|~~~).*$/gm, '')).difference(read)).toEqual(new Set());
      }),
    );
  });

  it('reads long hostile text in time', () => {
    const took = computingMsOf(() => {
      for (const piece of ['`', '**', '- ', '```\n', '# ', '1. ', '[', '`a**', ' \n', '\u001b['])
        parseProse(piece.repeat(200_000 / piece.length));
    });
    expect(took).toBeLessThan(30_000);
  });
});
