const start = '\u001b';
const bell = '\u0007';
/** Terminal sequences: colours and movements, titles and links. */
const ansi = new RegExp(`${start}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${start}]*(?:${bell}|${start}\\\\)?)`, 'g');

/**
 * Characters that a reader does not see but a machine reads: controls, zero width, bidirectional controls, fillers, variation
 * selectors, the Tags block. Written with escapes only: the characters themselves would not be seen here.
 * A variation selector or joiner inside an emoji sequence is part of what is seen, and stays.
 */
const hidden = new RegExp(
  [
    '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f]',
    '[\\u200b\\u200c\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0d\\ufeff\\uffa0\\ufff0-\\ufffb\\ufffe\\uffff]',
    '[\\u{13430}-\\u{1345f}\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}\\u{f0000}-\\u{10ffff}]',
    '(?<!\\p{Extended_Pictographic}|[0-9#*](?=\\ufe0f\\u20e3))[\\ufe0e\\ufe0f]',
    '(?<!\\p{Extended_Pictographic}[\\ufe0f\\u{1f3fb}-\\u{1f3ff}]?)\\u200d',
    '\\u200d(?!\\p{Extended_Pictographic})',
  ].join('|'),
  'gu',
);

/** Without terminal sequences and characters that nobody sees; line ends become `\n`, halves of a character U+FFFD. */
export function stripInvisible(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(ansi, '')
    .replace(hidden, '');
}
