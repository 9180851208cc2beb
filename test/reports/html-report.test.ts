import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/lib/hash.ts';
import { escapeHtml, html } from '../../src/reports/html.ts';
import { renderHtmlReport } from '../../src/reports/html-report.ts';
import { aFinding, aReport, hostile } from './builders.ts';
import { aFullReport } from './sample.ts';

describe('the HTML report', () => {
  it('is one file that asks for nothing and lets only its own script run', () => {
    const page = renderHtmlReport(aFullReport());
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
    const hash = Buffer.from(sha256(script), 'hex').toString('base64');
    expect(page).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(page).not.toMatch(/<(link|img|iframe|object|embed|base)\b|\bsrc=|@import|url\(/);
    expect(page.match(/<script/g)).toHaveLength(1);
  });

  it('shows everything that is known of a finding', () => {
    const page = renderHtmlReport(aFullReport());
    for (const expected of [
      'id="F-00000001"',
      '<strong>both</strong>',
      'returned 212 orders',
      'Add a test that searches for a quote.',
      'reproduced (shown by running it)',
      '97 %',
      'CWE-89',
      'href="https://github.com/acme/shop/issues/41"',
      '/src/orders/order-repository.js#L7"',
      '1 Nov 2026, 09:00 UTC',
      '<code>/internal/metrics</code>',
      'None of its quotes is in the repository at this commit.',
      'The registry did not answer within 30 s.',
      '23 held back of no-console, empty-catch',
    ]) {
      expect(page).toContain(expected);
    }
  });

  it('marks the quoted part within its highlighted line', () => {
    const page = renderHtmlReport(aFullReport());
    expect(page).toMatch(
      /<span class="line hit"><span class="no" data-no="48"><\/span><span class="text" dir="ltr"> {2}const compiled = <mark>eval\(source\)<\/mark>;/,
    );
  });

  it('links to web addresses only', () => {
    const findings = ['javascript:alert(1)', 'https://x.example/"onclick="alert(1)', hostile.script].map((url) =>
      aFinding({ issue: { number: 1, url, labels: [] }, description: `[a](${url}) ${url}` }),
    );
    const page = renderHtmlReport(
      aReport({ findings, repository: { ...aReport().repository, url: 'javascript:alert(1)' } }),
    );
    const targets = [...page.matchAll(/href="([^"]*)"/g)].map(([, target = '']) => target);
    expect(targets.filter((target) => !target.startsWith('#'))).toEqual([]);
  });

  it('spells out what is invisible in a command to copy', () => {
    const page = renderHtmlReport(aReport({ findings: [aFinding({ reproduce: { command: 'rm \u202Ex\r\nls' } })] }));
    expect(page).toContain('<code>rm ‹U+202E›x\nls</code>');
  });

  it('shows a long list of places in part, and says how many there are', () => {
    const evidence = Array.from({ length: 90 }, (_, index) => ({ path: `src/${index}.js`, startLine: 1, quote: 'x' }));
    const page = renderHtmlReport(aReport({ findings: [aFinding({ evidence, location: evidence[0] })] }));
    expect(page).toContain('Evidence, 90 places');
    expect(page).toContain('and 34 more places');
  });
});

describe('markup', () => {
  it('escapes every value but markup', () => {
    const value = `<b a="1" c='2'>&\0\ud83d`;
    expect(html`<i title="${value}">${value}${html`<u>${1}</u>`}${undefined}</i>`.markup).toBe(
      `<i title="${escapeHtml(value)}">${escapeHtml(value)}<u>1</u></i>`,
    );
    expect(escapeHtml(value)).toBe('&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;\ufffd');
  });
});
