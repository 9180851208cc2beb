import { type Html, html, joined } from './html.ts';
import { parseProse, type Span } from './prose.ts';

/** Untrusted text as paragraphs, code and lists. Its direction is its own: right-to-left text cannot reorder what stands around it. */
export function renderProse(text: string): Html {
  const blocks = parseProse(text).map((block) => {
    if (block.kind === 'code') return html`<pre class="snippet" tabindex="0"><code>${block.text}</code></pre>`;
    if (block.kind === 'paragraph') return html`<p dir="auto">${renderSpans(block.spans)}</p>`;
    const items = block.items.map((item) => html`<li dir="auto">${renderSpans(item)}</li>`);
    return block.ordered ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
  });
  return html`<div class="prose">${blocks}</div>`;
}

/** One line of untrusted text: only code spans and bold are markup. */
export function renderInline(text: string): Html {
  const blocks = parseProse(text.replace(/\s+/g, ' ').trim());
  const [first] = blocks;
  return blocks.length === 1 && first?.kind === 'paragraph' ? renderSpans(first.spans) : html`<bdi>${text}</bdi>`;
}

function renderSpans(spans: readonly Span[]): Html {
  return joined(spans.map(renderSpan));
}

function renderSpan({ kind, text }: Span): Html {
  if (kind === 'code') return html`<code>${text}</code>`;
  return kind === 'bold' ? html`<strong>${text}</strong>` : html`<bdi>${text}</bdi>`;
}
