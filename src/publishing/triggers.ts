/** `@user`, `@org/team`, `@scope/package`. */
export const mention = /@[A-Za-z0-9](?:-*[A-Za-z0-9])*(?:\/[A-Za-z0-9](?:[._-]*[A-Za-z0-9])*)?/y;

/** At the start of a line: what a bot takes as a command, and any path. */
export const slashCommand = /\/[A-Za-z][A-Za-z0-9_./-]*/y;

export const word = /[A-Za-z0-9][A-Za-z0-9._-]*/y;

/** Without `!`, `;`, brackets, quotation marks and whatever begins an entity: those end an address here. */
export const url = /https?:\/\/[A-Za-z0-9](?:[A-Za-z0-9._~:/?#@$'+,=%-]|&(?!#|[A-Za-z][A-Za-z0-9]{1,31};))*/iy;

/** `name#1`, `owner/name#1` or `GH-1`, where the word at `at` begins one. */
export function findReference(text: string, { at, word }: { at: number; word: string }): string | undefined {
  const rest = /(?:\/[A-Za-z0-9._-]+)?#\d+/y;
  rest.lastIndex = at + word.length;
  const found = rest.exec(text);
  if (found) return word + found[0];
  return ticket.test(word) ? word : undefined;
}

const ticket = /(?:^|[^A-Za-z0-9])gh-\d/i;
const issuePath = /\/(?:issues|pull|pulls|discussions)\/\d/i;

/** The address without the punctuation that ends a sentence, where it would leave a trace on somebody's issue. */
export function issueAddress(address: string): string | undefined {
  if (!issuePath.test(address) && !ticket.test(address) && !/#\d/.test(address)) return undefined;
  return address.replace(/[.,:?']$/, '');
}

/** An address in which nobody is mentioned, whether the reader makes a link of it or not. */
export function toInertUrl(address: string): string {
  return address.replaceAll('@', '%40');
}

const target =
  /\]\([ \t]*(?:<([^<>\\\n`]{0,2000})>|([^\s<>()\\`]{0,2000}))(?:[ \t]+(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'|\([^()\n]{0,500}\)))?[ \t]*\)/y;

/**
 * The `](target "title")` of a link, for http, https, mail and the repository's own files. Its title, which is not seen, is left out.
 * Answers nothing for any other scheme, and for a target that would mention or refer where the brackets make no link.
 */
export function disarmLinkTarget(text: string, at: number): { source: string; rendered: string } | undefined {
  target.lastIndex = at;
  const found = target.exec(text);
  if (!found) return undefined;
  const address = toSafeTarget(found[1] ?? found[2] ?? '');
  return address === undefined ? undefined : { source: found[0], rendered: `](${address})` };
}

/** A link's target with everything encoded that Markdown or GitHub could read otherwise, or nothing where it may not be one. */
export function toSafeTarget(source: string): string | undefined {
  const address = source.replaceAll('&amp;', '&');
  if (/&(?:#[0-9xX]|[A-Za-z][A-Za-z0-9]{1,31};)/.test(address)) return undefined;
  const scheme = /^([^/?#]*):/.exec(address)?.[1]?.toLowerCase();
  // `//host` takes the page's scheme.
  if (scheme === undefined ? /^[/\\]{2}/.test(address) : !['http', 'https', 'mailto'].includes(scheme))
    return undefined;
  if (issueAddress(address)) return undefined;
  const encoded = address.replace(/[^A-Za-z0-9._~:/?#&=%+,;@$-]/gu, encodeURIComponent).replace(/[!'()*]/g, percent);
  return scheme === 'mailto' ? encoded.replace(/(?<![A-Za-z0-9])@/g, '%40') : toInertUrl(encoded);
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
