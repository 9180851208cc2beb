/** Entities that stay as they are: what they show is a sign of its own, and never part of a mention, a reference or a scheme. */
const kept = new Set(
  (
    'lt gt amp quot apos nbsp copy reg trade hellip mdash ndash lsquo rsquo ldquo rdquo laquo raquo bull middot times divide deg ' +
    'plusmn frac12 larr rarr uarr darr harr check cross euro pound yen cent sect para'
  ).split(' '),
);

/** Markdown's own signs, which a writer spells as entities to have them literally. */
const keptCodes = new Set([...'!"$&\'()*<>[\\]^`{|}~'].map((sign) => sign.charCodeAt(0)));

/** Named entities that stand for something which the gate looks at, or for nothing that is seen. */
const decoded: Readonly<Record<string, string>> = {
  commat: '@',
  num: '#',
  sol: '/',
  colon: ':',
  period: '.',
  lowbar: '_',
  UnderBar: '_',
  equals: '=',
  semi: ';',
  comma: ',',
  quest: '?',
  percnt: '%',
  plus: '+',
  hyphen: '-',
  dash: '-',
  fjlig: 'fj',
  Tab: ' ',
  NewLine: ' ',
  shy: '',
  zwj: '',
  zwnj: '',
  lrm: '',
  rlm: '',
  NoBreak: '',
  ZeroWidthSpace: '',
  NegativeVeryThinSpace: '',
  NegativeThinSpace: '',
  NegativeMediumSpace: '',
  NegativeThickSpace: '',
  af: '',
  ApplyFunction: '',
  it: '',
  InvisibleTimes: '',
  ic: '',
  InvisibleComma: '',
};

/** At its start, one entity. */
export const entity = /&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));/y;

/** The character that an entity shows, or `undefined` where the entity is better kept. */
export function decodeEntity(match: RegExpExecArray): string | undefined {
  const [, decimal, hexadecimal, name] = match;
  if (name !== undefined) return Object.hasOwn(decoded, name) ? decoded[name] : undefined;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  if (keptCodes.has(code) || code > 0x10ffff || code === 0) return undefined;
  return code <= 0x20 ? ' ' : String.fromCodePoint(code);
}

/** Whether an entity may go out as it is. */
export function isKeptEntity(match: RegExpExecArray): boolean {
  const [, decimal, hexadecimal, name] = match;
  if (name !== undefined) return kept.has(name);
  return keptCodes.has(decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal));
}
