import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** What GitHub's filters would look at: the text of the rendered Markdown outside code and links, and every tag of it. */
export type Rendered = { html: string; prose: string; tags: readonly string[]; visible: string };

/**
 * Renders Markdown by a parser that is not ours, with raw HTML let through, as GitHub does before its own filters run. Every element
 * ends a stretch of prose, as a filter sees one text node at a time.
 */
export function renderMarkdown(markdown: string): Rendered {
  const html = micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  const tags: string[] = [];
  let prose = '';
  let visible = '';
  let code = 0;
  for (const [piece] of html.matchAll(/<!--[\s\S]*?(?:-->|$)|<[^>]*>|[^<]+/g)) {
    if (!piece.startsWith('<')) {
      visible += decode(piece);
      if (code === 0) prose += decode(piece);
      continue;
    }
    tags.push(piece);
    prose += '\n';
    if (/^<(?:code|pre|a)\b/i.test(piece)) code += 1;
    if (/^<\/(?:code|pre|a)\b/i.test(piece)) code = Math.max(0, code - 1);
  }
  return { html, prose, tags, visible };
}

function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
