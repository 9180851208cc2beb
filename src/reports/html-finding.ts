import type { Finding } from '../findings/finding.ts';
import { toPriority } from '../findings/severity.ts';
import { count } from '../lib/text.ts';
import { type Html, html, trusted, when } from './html.ts';
import { renderPlace, renderPlaceLink, renderSnippet } from './html-code.ts';
import { renderInline, renderProse } from './html-prose.ts';
import { dateText, verifiedText } from './measures.ts';
import { isWebAddress, placesOf, whereText } from './place.ts';
import { toPlainLine } from './plain-text.ts';
import type { Report } from './report.ts';

const mostShown = 6;
const mostListed = 50;

/** One finding: a line that opens to everything that is known about it. */
export function renderFinding(finding: Finding, report: Report, { open }: { open: boolean }): Html {
  const priority = toPriority(finding.severity);
  const where = toPlainLine(whereText(finding));
  const search = toPlainLine(`${finding.title} ${where} ${finding.id} ${originText(finding)} ${finding.cwe ?? ''}`);
  return html`<article class="finding ${priority}" id="${finding.id}" data-priority="${priority}" data-category="${finding.category}" data-search="${search.toLowerCase()}">
<details${open ? trusted(' open') : ''}>
<summary>
<span class="badge">${priority}</span>
<span class="head"><h3 dir="auto">${renderInline(finding.title)}</h3>
<span class="line2"><span class="path"><bdi>${where}</bdi></span><span class="category">${finding.category}</span>${renderState(finding)}</span></span>
</summary>
<div class="body">
${renderProse(finding.description)}
${renderPlaces(finding, report)}
${renderReproduce(finding)}
${renderExpectation(finding)}
${renderSteps(finding)}
${when(finding.suggestedPrompt, renderPrompt)}
${renderFacts(finding)}
</div>
</details>
</article>`;
}

function renderState({ regressed, verified }: Finding): Html {
  const notes = [...(regressed ? ['regressed'] : []), ...(verified === 'none' ? ['unverified'] : [])];
  return html`${notes.map((note) => html`<span class="note">${note}</span>`)}`;
}

function originText({ origin }: Finding): string {
  return origin.rule ? `${origin.name} ${origin.rule}` : origin.name;
}

function renderPlaces(finding: Finding, report: Report): Html {
  const places = placesOf(finding);
  if (places.length === 0) return html``;
  const others = places.slice(mostShown);
  const listed = others.slice(0, mostListed);
  const left = others.length - listed.length;
  return html`<section><h4>${places.length > 1 ? `Evidence, ${count(places.length, 'place')}` : 'Evidence'}</h4>
${places.slice(0, mostShown).map((place) => renderPlace(place, report))}
${when(listed.length > 0 ? listed : undefined, () => html`<ul class="places">${listed.map((place) => html`<li>${renderPlaceLink(place, report)}</li>`)}</ul>`)}
${when(left > 0 ? left : undefined, (number) => html`<p class="quiet">and ${count(number, 'more place')}</p>`)}</section>`;
}

function renderReproduce({ reproduce }: Finding): Html {
  return when(reproduce, ({ command, present, remark }) => {
    const exit = when(present?.exitCode, (code) => html`the exit code is <code>${code}</code>`);
    const match = when(present?.match, (pattern) => html`the output matches <code>${pattern}</code>`);
    const both = present?.exitCode !== undefined && present.match !== undefined ? ' and ' : '';
    const shown =
      present?.exitCode === undefined && present?.match === undefined
        ? html`the exit code is not 0`
        : html`${exit}${both}${match}`;
    return html`<section><h4>Reproduce</h4>${renderSnippet(command)}<p class="quiet">The problem is there when ${shown}.${when(remark, (text) => html` ${renderInline(text)}`)}</p></section>`;
  });
}

function renderExpectation({ expected, actual }: Finding): Html {
  if (!expected?.trim() && !actual?.trim()) return html``;
  const part = (name: string, text: string | undefined) =>
    when(text?.trim() ? text : undefined, (value) => html`<div><h4>${name}</h4>${renderProse(value)}</div>`);
  return html`<section class="pair">${part('Expected', expected)}${part('Actual', actual)}</section>`;
}

function renderSteps({ nextSteps }: Finding): Html {
  if (nextSteps.length === 0) return html``;
  return html`<section><h4>Next steps</h4><ol class="steps">${nextSteps.map((step) => html`<li dir="auto">${renderInline(step)}</li>`)}</ol></section>`;
}

function renderPrompt(prompt: string): Html {
  return html`<details class="prompt"><summary>Prompt for an agent</summary>${renderSnippet(prompt, 'wrap')}</details>`;
}

function renderFacts(finding: Finding): Html {
  const { origin, verified, confidence, firstSeen, lastSeen, occurrences, cwe, issue } = finding;
  const facts: [string, Html | undefined][] = [
    ['Id', html`<a href="#${finding.id}"><code>${finding.id}</code></a>`],
    ['Issue', issue && renderIssue(issue)],
    [origin.kind === 'check' ? 'Check' : 'Scan', html`<bdi>${toPlainLine(originText(finding))}</bdi>`],
    ['Weakness', cwe === undefined ? undefined : html`<bdi>${toPlainLine(cwe)}</bdi>`],
    ['Verified', html`${verifiedText[verified]}`],
    ['Confidence', confidence === undefined ? undefined : html`${Math.round(confidence * 100)} %`],
    ['First seen', renderSighting(firstSeen)],
    ['Last seen', occurrences > 1 ? renderSighting(lastSeen) : undefined],
    ['Seen in', html`${count(occurrences, 'session')}`],
  ];
  return renderFactList(facts);
}

function renderIssue({ number, url }: NonNullable<Finding['issue']>): Html {
  const text = `#${number}`;
  return url && isWebAddress(url) ? html`<a href="${url}" rel="noreferrer noopener">${text}</a>` : html`${text}`;
}

function renderSighting({ at, commit }: Finding['firstSeen']): Html {
  const time = html`<time datetime="${at}">${dateText(at)}</time>`;
  return commit ? html`${time} at <code>${toPlainLine(commit).slice(0, 10)}</code>` : time;
}

/** Names and values; those without a value are left out. */
export function renderFactList(facts: readonly (readonly [string, Html | undefined])[]): Html {
  const rows = facts.flatMap(([name, value]) => (value ? [html`<div><dt>${name}</dt><dd>${value}</dd></div>`] : []));
  return html`<dl class="facts">${rows}</dl>`;
}
