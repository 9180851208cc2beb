/**
 * Shapes of credentials that are told by their look alone, whoever they belong to.
 *
 * Each pattern is linear: it starts with a fixed word, and where an endless run is followed by something required, it may only start
 * where that run starts. `$1` is kept. The `ghs_` kind is GitHub's of 2026, about 520 characters with dots, hyphens and underscores.
 */
const shapes: readonly RegExp[] = [
  /ghs_[A-Za-z0-9._-]{36,}/g,
  /gh[opur]_[A-Za-z0-9]{30,}/g,
  /github_pat_[A-Za-z0-9_]{22,}/g,
  /sk-(?:ant|proj|svcacct|admin|or|lf)-[A-Za-z0-9_-]{16,}/g,
  /(?<![A-Za-z0-9])sk-[A-Za-z0-9]{20,}/g,
  /(?<![A-Za-z0-9])e2b_[A-Za-z0-9]{20,}/g,
  /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])/g,
  /xox[a-z](?:-|\.)[A-Za-z0-9.-]{10,}/g,
  /xapp-[A-Za-z0-9-]{10,}/g,
  /AIza[A-Za-z0-9_-]{35}/g,
  /ya29\.[A-Za-z0-9_-]{20,}/g,
  /npm_[A-Za-z0-9]{36}/g,
  /pypi-[A-Za-z0-9_-]{32,}/g,
  /gl(?:pat|dt|rt|cbt|ptt|soat|ft)-[A-Za-z0-9_.-]{20,}/g,
  /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{30,}/g,
  /(?<![A-Za-z0-9])[sr]k_(?:live|test)_[A-Za-z0-9]{16,}/g,
  /(?<![A-Za-z0-9])SG\.[A-Za-z0-9_-]{20,24}\.[A-Za-z0-9_-]{39,50}/g,
  /do[opr]_v1_[a-f0-9]{64}/g,
  /(https:\/\/hooks\.slack\.com\/services\/)[A-Za-z0-9/]{20,}/g,
  /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?/g,
  /((?:authorization|x-api-key|api-key)["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?:(?:bearer|basic|token)[ \t]{1,4})?)(?!bearer\b|basic\b|token\b|\*\*\*)[A-Za-z0-9._~+/=-]{8,}/gi,
  /((?<![A-Za-z0-9])bearer[ \t]{1,4})(?=[A-Za-z._~+/-]{0,60}[0-9])[A-Za-z0-9._~+/=-]{20,}/gi,
  /(:\/\/[^\s/:@`]{1,100}:)(?!\*\*\*@)[^\s/@`]{3,200}(?=@)/g,
];

/** From a private key's first line to its last; where that is missing, to the next dashes. */
const privateKey =
  /-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----(?:(?!-----)[A-Za-z0-9+/=\s\\:,."'-])*(-----END [A-Z0-9 ]{1,60}-----)?/g;

/** Where quotation marks are within, as in code or JSON, they stay: what is masked may not take the end of a string with it. */
function maskPrivateKey(match: string, end: string | undefined): string {
  if (!end) return match.replace(/[A-Za-z0-9+/=]{16,}/g, '***');
  return /["']/.test(match) ? match.replace(/(?<!\\)[A-Za-z0-9+/=]{4,}/g, '***') : maskLines(match);
}

/** `***` for everything that looks like a credential. Line ends stay. Linear in the length of the text. */
export function redactTokenShapes(text: string): string {
  let result = text.includes('PRIVATE KEY') ? text.replace(privateKey, maskPrivateKey) : text;
  for (const shape of shapes) {
    result = result.replace(shape, (_match, kept: unknown) => `${typeof kept === 'string' ? kept : ''}***`);
  }
  return result;
}

/** `***` with the line ends of what it hides: no line of a code fence may disappear. */
export function maskLines(text: string): string {
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : '***'))
    .join('\n');
}
