import { type CodeLine, codeLines } from './code-lines.ts';
import { type Html, html, joined } from './html.ts';
import { type Place, permalink, placeText } from './place.ts';
import { spellInvisible, toPlainLine } from './plain-text.ts';
import type { Report } from './report.ts';

/** A place: where it is, and its lines with the evidence highlighted. Scrolls on its own when lines are long. */
export function renderPlace(place: Place, report: Report): Html {
  const lines = codeLines(report.excerpts, place);
  const link = renderPlaceLink(place, report);
  if (lines.length === 0) return html`<p class="place">${link}</p>`;
  const highlighted = quotedPart(place);
  const label = `Code of ${toPlainLine(placeText(place))}`;
  const width = String(lines.at(-1)?.number ?? '').length;
  return html`<figure class="code">
<figcaption>${link}</figcaption>
<pre tabindex="0" role="region" aria-label="${label}" style="--digits:${width}"><code>${joined(lines.map((line) => renderLine(line, highlighted)))}</code></pre>
</figure>`;
}

/** Code that a person may copy and run, with every invisible character spelled out. */
export function renderSnippet(code: string, kind: 'scroll' | 'wrap' = 'scroll'): Html {
  const text = spellInvisible(code.replace(/\r\n?/g, '\n'));
  return html`<pre class="snippet ${kind}" tabindex="0"><code>${text}</code></pre>`;
}

/** The path and lines, linked to the lines at the scanned commit where the repository's page is known. */
export function renderPlaceLink(place: Place, { repository }: Report): Html {
  const url = permalink(repository, place);
  const text = html`<bdi>${toPlainLine(placeText(place))}</bdi>`;
  return url
    ? html`<a class="path" href="${url}" rel="noreferrer noopener">${text}</a>`
    : html`<span class="path">${text}</span>`;
}

function renderLine({ number, text, highlighted }: CodeLine, quoted: string | undefined): Html {
  const content = highlighted ? markPart(text, quoted) : html`${text}`;
  const numbered = html`<span class="no" data-no="${number ?? ''}"></span>`;
  const line = html`<span class="text" dir="ltr">${content}</span>`;
  return highlighted
    ? html`<span class="line hit">${numbered}${line}</span>`
    : html`<span class="line">${numbered}${line}</span>`;
}

/** The quote when it is one line: where it is only a part of the code's line, that part is marked. */
function quotedPart({ quote = '' }: Place): string | undefined {
  const trimmed = quote.trim();
  return trimmed === '' || trimmed.includes('\n') ? undefined : trimmed;
}

function markPart(text: string, quoted: string | undefined): Html {
  const at = quoted === undefined || quoted === text.trim() ? -1 : text.indexOf(quoted);
  if (quoted === undefined || at < 0) return html`${text}`;
  return html`${text.slice(0, at)}<mark>${quoted}</mark>${text.slice(at + quoted.length)}`;
}
