import { categories } from '../findings/category.ts';
import { priorities } from '../findings/severity.ts';
import { sha256 } from '../lib/hash.ts';
import { count } from '../lib/text.ts';
import { countOf, countsText, heldText, toConclusion, withheldText } from './conclusion.ts';
import { type Html, html, trusted, when } from './html.ts';
import { renderFinding } from './html-finding.ts';
import { renderInline } from './html-prose.ts';
import { reportScript } from './html-script.ts';
import { renderChecks, renderProof, renderQuestions, renderRejected, renderSession } from './html-sections.ts';
import { reportStyle } from './html-style.ts';
import { renderCoverage } from './html-treemap.ts';
import { dateText } from './measures.ts';
import { toPlainLine } from './plain-text.ts';
import type { Report } from './report.ts';
import { sortFindings } from './sort-findings.ts';

// A short report lies open; a longer one is a list to choose from, and its worst finding shows what there is to open.
const mostOpen = 3;

/**
 * The report as one HTML file that needs nothing else: style and script are in it, and its policy forbids every request and every other
 * script. Without script the whole list stands there; with it, filters appear.
 */
export function renderHtmlReport(report: Report): string {
  return `${renderPage(report).markup}\n`;
}

function renderPage(report: Report): Html {
  const name = toPlainLine(report.repository.name);
  const scriptHash = Buffer.from(sha256(reportScript), 'hex').toString('base64');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${scriptHash}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Courier ${toPlainLine(report.courierVersion)}">
<title>Courier report: ${name}</title>
<style>${trusted(reportStyle)}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<div class="page">
${renderTop(report)}
${renderOverview(report)}
${renderFindings(report)}
<div class="rest">
${[renderCoverage(report), renderChecks(report), renderProof(report), renderQuestions(report), renderRejected(report), renderSession(report)]}
</div>
<footer>Courier ${toPlainLine(report.courierVersion)}, <time datetime="${report.generatedAt}">${dateText(report.generatedAt)}</time></footer>
</div>
<script>${trusted(reportScript)}</script>
</body>
</html>`;
}

function renderTop({ repository, session }: Report): Html {
  const result = session.result ?? session.phase;
  const dirty = repository.dirty ? ', uncommitted changes' : '';
  return html`<header class="top">
<p class="brand">Courier report</p>
<h1><bdi>${toPlainLine(repository.name)}</bdi></h1>
<p class="meta"><span class="result ${result}">${result}</span>
${when(repository.branch, (branch) => html`<span><bdi>${toPlainLine(branch)}</bdi></span>`)}
${when(repository.commit, (commit) => html`<span><code>${toPlainLine(commit).slice(0, 10)}</code>${dirty}</span>`)}
<time datetime="${session.startedAt}">${dateText(session.startedAt)}</time></p>
</header>`;
}

function renderOverview(report: Report): Html {
  const { clean, headline, undetermined, reasons } = toConclusion(report);
  const incomplete = report.session.result !== 'complete';
  const some = report.findings.length > 0;
  const more = incomplete ? ', and the scan is not complete: there may be more' : '';
  const notices = [
    renderNotice('Could not determine', undetermined),
    renderNotice('Not complete', reasons),
    renderNotice('Withheld', [withheldText(report)]),
  ];
  const told = [countsText({ counts: { ...report.counts, held: 0 } }), heldText(report)?.replace(/\.$/, '')]
    .filter(Boolean)
    .join(', ');
  return html`<section class="overview${some ? ' wide' : ''}" aria-label="Result">
<div class="say"><p class="headline${clean ? ' clean' : ''}">${some ? count(report.findings.length, 'finding') + more : headline}</p>
${when(told === '' ? undefined : told, (text) => html`<p class="quiet">${text}</p>`)}</div>
${some ? renderTiles(report) : ''}
<div class="notices">${notices}</div>
</section>`;
}

function renderTiles(report: Report): Html {
  const numbers = priorities.map((priority) => ({ priority, number: countOf(report, priority) }));
  const tiles = numbers.map(
    ({ priority, number }) =>
      html`<li class="${priority}${number === 0 ? ' zero' : ''}"><b>${number}</b><span>${priority}</span></li>`,
  );
  const shares = numbers
    .filter(({ number }) => number > 0)
    .map(({ priority, number }) => html`<i class="${priority}" style="flex:${number}"></i>`);
  return html`<div><ul class="tiles">${tiles}</ul><div class="share" aria-hidden="true" style="margin-top:.6rem">${shares}</div></div>`;
}

function renderNotice(title: string, texts: readonly (string | undefined)[]): Html {
  const present = texts.filter((text) => text !== undefined);
  if (present.length === 0) return html``;
  const items = present.map((text) => html`<li dir="auto">${renderInline(text)}</li>`);
  return html`<aside class="notice"><h2>${title}</h2><ul>${items}</ul></aside>`;
}

function renderFindings(report: Report): Html {
  const findings = sortFindings(report.findings);
  if (findings.length === 0) return html`<main id="findings"></main>`;
  const articles = findings.map((finding, index) =>
    renderFinding(finding, report, { open: index === 0 || findings.length <= mostOpen }),
  );
  return html`<div class="layout">
${renderFilters(report)}
<main id="findings" tabindex="-1"><h2>Findings</h2>
${articles}
<p class="nothing" hidden>No finding matches these filters.</p></main>
</div>`;
}

/** Hidden until the script is there to work them. Nothing chosen means everything shown. */
function renderFilters(report: Report): Html {
  const present = categories
    .map((category) => ({
      category,
      number: report.findings.filter((finding) => finding.category === category).length,
    }))
    .filter(({ number }) => number > 0);
  return html`<form class="filters" hidden role="search" aria-label="Filter the findings">
<input type="search" name="q" placeholder="Search findings" aria-label="Search the findings" autocomplete="off" spellcheck="false">
<fieldset><legend>Priority</legend><div class="choices">${priorities.map((priority) => renderChoice('priority', priority, countOf(report, priority)))}</div></fieldset>
<fieldset><legend>Category</legend><div class="choices">${present.map(({ category, number }) => renderChoice('category', category, number))}</div></fieldset>
<div class="buttons"><span class="shown" role="status"></span>
<button type="button" data-do="reset" disabled>Clear</button><button type="button" data-do="open">Open all</button><button type="button" data-do="close">Close all</button></div>
</form>`;
}

function renderChoice(facet: 'priority' | 'category', value: string, number: number): Html {
  const tone = facet === 'priority' ? trusted(` class="${value}"`) : '';
  return html`<label${tone}><input type="checkbox" name="${facet}" value="${value}"><span>${value}</span><span class="number">${number}</span></label>`;
}
