import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { renderHtmlReport } from '../../src/reports/html-report.ts';
import type { Report } from '../../src/reports/report.ts';
import { aCheck, aFinding, aReport, aSession, hostile } from './builders.ts';
import { aFullReport } from './sample.ts';

const candidates = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];
const executablePath = candidates.find((path) => existsSync(path));
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const lowContrast = readFileSync(new URL('../fixtures/reports/low-contrast.js', import.meta.url), 'utf8');
const name = executablePath
  ? 'the HTML report in Chromium'
  : 'the HTML report in Chromium (left out: neither Chromium nor Chrome is installed)';

describe.skipIf(!executablePath)(name, () => {
  const folder = mkdtempSync(join(tmpdir(), 'courier-report-'));
  let browser: Browser;
  let troubles: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args, timeout: 0 });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });
  // Whatever a test looks at: a console message, a dialog, an error or a request is a fault.
  afterEach(() => {
    const seen = troubles;
    troubles = [];
    expect(seen).toEqual([]);
  });

  const pages = new Map<boolean, Page>();
  let current = '';

  /** One page with script and one without serve all tests: each more is a process of its own. */
  async function blankPage(javaScriptEnabled: boolean): Promise<Page> {
    const known = pages.get(javaScriptEnabled);
    if (known) return known;
    const context = await browser.newContext({ javaScriptEnabled });
    // Else each step may take 30 s, which a busy machine needs more than: the test's own time-out ends it.
    context.setDefaultTimeout(0);
    const page = await context.newPage();
    page.on('console', (message) => troubles.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => troubles.push(String(error)));
    page.on('dialog', async (dialog) => {
      troubles.push(`dialog: ${dialog.message()}`);
      await dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(current)) troubles.push(`request: ${request.url()}`);
    });
    pages.set(javaScriptEnabled, page);
    return page;
  }

  let opened = 0;
  /** The report at an address of its own, in the place of the one before. */
  async function open(
    report: Report,
    {
      hash = '',
      viewport = { width: 1280, height: 900 },
      colorScheme = 'light',
      javaScriptEnabled = true,
    }: Pick<BrowserContextOptions, 'viewport' | 'colorScheme' | 'javaScriptEnabled'> & { hash?: string } = {},
  ): Promise<Page> {
    opened += 1;
    const path = join(folder, `report-${opened}.html`);
    writeFileSync(path, renderHtmlReport(report));
    const page = await blankPage(javaScriptEnabled);
    if (viewport) await page.setViewportSize(viewport);
    await page.emulateMedia({ media: null, colorScheme });
    current = pathToFileURL(path).href;
    await page.goto(current + hash);
    return page;
  }

  const visible = (page: Page) => page.locator('.finding:visible h3').allInnerTexts();
  const hashOf = (page: Page) => page.evaluate<string>('decodeURIComponent(location.hash)');

  it('filters by priority, category and text, counts what is left, and keeps the choice in the address', async () => {
    const page = await open(aFullReport());
    expect(await visible(page)).toHaveLength(6);
    await page.getByLabel('high').check();
    expect(await visible(page)).toEqual(['eval runs text as code']);
    await page.getByLabel('critical').check();
    expect(await visible(page)).toHaveLength(3);
    expect(await page.getByRole('status').textContent()).toBe('3 of 6 shown');
    expect(await page.locator('label:has([value=security]) .number').textContent()).toBe('3');
    expect(await page.locator('label:has([value=docs]) .number').textContent()).toBe('0');
    await page.getByRole('searchbox').fill('storage AWS');
    expect(await visible(page)).toEqual(['AWS access key in the source']);
    expect(await hashOf(page)).toBe('#priority=critical,high&q=storage AWS');
    await page.getByLabel('docs').check();
    expect(await visible(page)).toEqual([]);
    expect(await page.getByText('No finding matches these filters.').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await visible(page)).toHaveLength(6);
    expect(await hashOf(page)).toBe('');
  });

  it('reads its filters and the finding to open from the address', async () => {
    const page = await open(aFullReport(), { hash: '#category=docs,bug&q=readme' });
    expect(await visible(page)).toEqual(['README names a command that is gone']);
    expect(await page.getByLabel('docs').isChecked()).toBe(true);
    const linked = await open(aFullReport(), { hash: '#F-00000006' });
    expect(await linked.locator('#F-00000006 .body').isVisible()).toBe(true);
    expect(await linked.locator('#F-00000004 .body').isVisible()).toBe(false);
  });

  it('can be worked by keyboard alone', async () => {
    const page = await open(aFullReport());
    await page.keyboard.press('/');
    await page.keyboard.type('readme');
    expect(await visible(page)).toHaveLength(1);
    await page.keyboard.press('Escape');
    expect(await visible(page)).toHaveLength(6);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await visible(page)).toHaveLength(2);
    await page.locator('#F-00000001 > details > summary').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#F-00000001 .body').isVisible()).toBe(true);
  });

  it('is a full list without script, and shows no filter that could not work', async () => {
    const page = await open(aFullReport(), { javaScriptEnabled: false });
    expect(await page.locator('.finding').count()).toBe(6);
    expect(await page.locator('.finding:visible').count()).toBe(6);
    expect(await page.locator('.filters').isVisible()).toBe(false);
    await page.locator('#F-00000001 > details > summary').click();
    expect(await page.locator('#F-00000001 .body').isVisible()).toBe(true);
    expect((await page.locator('#F-00000001').boundingBox())?.width).toBeGreaterThan(800);
  });

  it.each([360, 768, 1280])(
    'never scrolls sideways at %i pixels; long code does so inside its block',
    async (width) => {
      const page = await open(aFullReport(), { viewport: { width, height: 800 } });
      await page.getByRole('button', { name: 'Open all' }).click();
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      const code = page.locator('#F-00000001 .code pre');
      expect(await code.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(true);
      const wide = await page.evaluate<number>(
        "[...document.querySelectorAll('body *')].filter((one) => !one.closest('pre') && one.getBoundingClientRect().right > innerWidth + 1).length",
      );
      expect(wide).toBe(0);
    },
  );

  it.each(['light', 'dark'] as const)('has text of enough contrast in the %s scheme', async (colorScheme) => {
    const page = await open(aFullReport(), { colorScheme });
    await page.getByRole('button', { name: 'Open all' }).click();
    const paper = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    expect(paper).toBe(colorScheme === 'light' ? 'rgb(250, 249, 246)' : 'rgb(18, 19, 23)');
    expect(await page.evaluate(lowContrast)).toEqual([]);
  });

  it.each([
    { width: 360, colorScheme: 'dark' },
    { width: 1280, colorScheme: 'light' },
  ] as const)(
    'draws what was looked at, at $width pixels in the $colorScheme scheme',
    async ({ width, colorScheme }) => {
      const page = await open(aFullReport(), { viewport: { width, height: 800 }, colorScheme });
      const map = await page.locator('.treemap').boundingBox();
      const areas = await page.evaluate<number[]>(
        "[...document.querySelectorAll('.treemap .tile')].map((tile) => tile.getBoundingClientRect()).map(({ width, height }) => width * height)",
      );
      const area = areas.reduce((sum, each) => sum + each, 0);
      expect(areas.length).toBeGreaterThan(50);
      expect(area / ((map?.width ?? 0) * (map?.height ?? 0))).toBeCloseTo(1, 1);
      const colour = (title: string) =>
        page.evaluate<string>(
          `(() => { const style = getComputedStyle(document.querySelector('.tile[title^="${title}"]'));
            return style.getPropertyValue('--age').trim() + ' ' + style.getPropertyValue('--seen').trim(); })()`,
        );
      const fresh = await colour('src/orders/order-repository.js');
      const never = await colour('src/render/template.js');
      expect(fresh).toMatch(/ 100%$/);
      expect(never).toMatch(/ 0%$/);
      expect(fresh.split(' ')[0]).not.toBe(never.split(' ')[0]);
      expect(await page.locator('.tile[title^="src/orders/order-repository.js"] .dot.critical').isVisible()).toBe(true);
      expect(await page.locator('.tile[title^="config/storage.js"]').getAttribute('class')).toContain('stale');
    },
  );

  it('tells the same as a table, to those who see no map and work by keyboard', async () => {
    const page = await open(aFullReport(), { viewport: { width: 360, height: 800 } });
    expect(await page.locator('.treemap').getAttribute('aria-hidden')).toBe('true');
    const rows = page.getByRole('row');
    expect(await rows.count()).toBe(0);
    await page.getByText('The same as a table').focus();
    await page.keyboard.press('Enter');
    expect(await rows.count()).toBe((await page.locator('.tile').count()) + 1);
    const row = page.getByRole('row', { name: /README\.md/ });
    expect(await row.innerText()).toMatch(/80\s+50 %\s+2026-10-30\s+1/);
    expect(await page.evaluate(lowContrast)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(await page.getByText('34 of 905 files, 8 % of the lines in this session').isVisible()).toBe(true);
  });

  it('prints every finding in full, and no filter', async () => {
    const page = await open(aFullReport());
    await page.emulateMedia({ media: 'print' });
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.locator('.finding .body:visible').count()).toBe(6);
    expect(await page.locator('.filters').isVisible()).toBe(false);
  });

  it('runs, breaks and reorders nothing, whatever the texts are', async () => {
    const texts = Object.values(hostile);
    const findings = texts.map((text) =>
      aFinding({
        title: text,
        description: `${text}\n\n- ${text}\n\n\`\`\`\n${text}\n\`\`\``,
        cwe: text,
        location: { path: text, startLine: 1 },
        evidence: [{ path: text, startLine: 1, quote: text }],
        reproduce: { command: text, present: { match: text } },
        expected: text,
        actual: text,
        nextSteps: [text],
        suggestedPrompt: text,
        origin: { kind: 'check', name: text, rule: text },
        issue: { number: 1, url: text, labels: [] },
        firstSeen: { session: text, at: text, commit: text },
      }),
    );
    const session = aSession({
      id: texts.join(' '),
      startedAt: hostile.script,
      trigger: hostile.script,
      reasons: texts,
      rejected: texts.map((text) => ({ title: text, reason: text })),
      questions: texts.map((text) => ({
        id: text,
        question: text,
        options: [{ label: text, description: text }],
        multiSelect: false,
        allowOther: true,
        blocking: false,
        findings: [],
      })),
      assumptions: texts.map((text) => ({ id: text, text, basis: text, findings: [] })),
    });
    const checks = texts.map((text) => aCheck({ check: text, state: 'undetermined', reason: text, tool: text }));
    const repository = {
      ...aReport().repository,
      name: hostile.script,
      branch: hostile.script,
      commit: hostile.path,
    };
    const page = await open(aReport({ findings, session, checks, repository, courierVersion: hostile.script }), {
      viewport: { width: 360, height: 800 },
    });
    await page.getByRole('button', { name: 'Open all' }).click();
    expect(await page.locator('.finding:visible').count()).toBe(texts.length);
    expect(await page.locator('img, svg, iframe, b:not(.tiles b), h1:not(.top h1)').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
    const handlers =
      "[...document.querySelectorAll('*')].flatMap((one) => one.getAttributeNames()).filter((name) => name.startsWith('on'))";
    expect(await page.evaluate(handlers)).toEqual([]);
    expect(await page.title()).toBe(`Courier report: ${hostile.script}`);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(await page.textContent('body')).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });

  it('says plainly that there is nothing, or why that is not known', async () => {
    const clean = await open(aReport());
    expect(await clean.locator('.headline').textContent()).toBe('No findings');
    const checks = [aCheck({ check: 'npm-audit', state: 'undetermined', reason: 'offline' })];
    const unknown = await open(aReport({ checks }));
    expect(await unknown.locator('.headline').textContent()).not.toBe('No findings');
    expect(await unknown.locator('.notice').textContent()).toContain('npm-audit: offline');
  });
});
