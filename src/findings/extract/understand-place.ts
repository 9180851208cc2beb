import { type Fields, fieldsOf, findField, findText } from './fields.ts';

/** Where something is, as somebody else wrote it: nothing of it was checked. Lines count from 1. */
export type Place = { path?: string; startLine?: number; endLine?: number; symbol?: string };

const pathNames = 'path file filename filepath relativepath uri filelocation sourcefile'.split(' ');
const startNames = 'startline line linenumber linestart lineno beginline fromline'.split(' ');
const endNames = 'endline lineend toline stopline endlinenumber'.split(' ');
const rangeNames = 'lines range linerange linenumbers'.split(' ');
const symbolNames = 'symbol function functionname method methodname class classname scope'.split(' ');

/** A place from the fields of an object that has them itself (`file`, `line`, …). */
export function placeOfFields(fields: Fields): Place {
  const named = splitPath(findText(fields, pathNames));
  const range = rangeOf(findField(fields, rangeNames));
  const [first, second] = rangeOf(findField(fields, startNames));
  const startLine = first ?? range[0] ?? lineOf(findField(fields, ['start', 'begin', 'from'])) ?? named.startLine;
  const endLine =
    lineOf(findField(fields, endNames)) ??
    second ??
    range[1] ??
    lineOf(findField(fields, ['end', 'to'])) ??
    named.endLine;
  return place({ path: named.path, startLine, endLine, symbol: findText(fields, symbolNames) });
}

/** A place in any form: an object, `src/a.ts:42`, `src/a.ts#L42-L50`, or a list, of which the first counts. */
export function understandPlace(value: unknown): Place {
  if (Array.isArray(value)) return understandPlace(value.find((element) => !Array.isArray(element)));
  if (typeof value === 'string') return splitPath(value);
  const fields = fieldsOf(value);
  return fields === undefined ? {} : placeOfFields(fields);
}

/** What the first leaves open, from the second, where that speaks of the same file. */
export function mergePlaces(first: Place, second: Place): Place {
  if (first.path !== undefined && second.path !== undefined && first.path !== second.path) return first;
  return first.startLine === undefined ? { ...first, ...second } : { ...second, ...first };
}

const pathWithLines =
  /^(.+?)(?::(\d+)(?::\d+)?(?:\s*[-–]\s*:?(\d+))?|#L(\d+)(?:C\d+)?(?:-L?(\d+)(?:C\d+)?)?|,? \(?lines? (\d+)(?:\s*(?:-|–|to)\s*(\d+))?\)?)$/i;

/** A path that may end in its lines. */
export function splitPath(text: string | undefined): Place {
  if (text === undefined || text.length > 1200) return {};
  const bare = text.trim().replace(/^`(.*)`$/, '$1');
  const match = pathWithLines.exec(bare);
  if (match === null) return bare === '' ? {} : { path: bare };
  return place({
    path: match[1]?.replace(/^`(.*)`$/, '$1'),
    startLine: lineOf(match[2] ?? match[4] ?? match[6]),
    endLine: lineOf(match[3] ?? match[5] ?? match[7]),
    symbol: undefined,
  });
}

/** A line and the last one: `42`, `"42-50"`, `[42, 50]`, `{start: 42, end: 50}`. */
function rangeOf(value: unknown): [number | undefined, number | undefined] {
  if (Array.isArray(value)) return [lineOf(value[0]), lineOf(value.at(-1))];
  if (typeof value === 'string') {
    const match = /^\s*L?(\d+)\s*(?:(?:[-–,:]|to)\s*L?(\d+))?/i.exec(value);
    return [lineOf(match?.[1]), lineOf(match?.[2])];
  }
  const fields = fieldsOf(value);
  if (fields === undefined) return [lineOf(value), undefined];
  return [
    lineOf(findField(fields, ['start', 'startline', 'from', 'begin', 'line'])),
    lineOf(findField(fields, ['end', 'endline', 'to'])),
  ];
}

function lineOf(value: unknown): number | undefined {
  if (Array.isArray(value)) return lineOf(value[0]);
  const inner = fieldsOf(value)?.get('line') ?? value;
  const number = typeof inner === 'string' ? Number.parseInt(inner.replace(/^\s*L/i, ''), 10) : inner;
  return typeof number === 'number' && Number.isInteger(number) && number > 0 && number < 100_000_000
    ? number
    : undefined;
}

function place(parts: { [Name in keyof Place]-?: Place[Name] | undefined }): Place {
  const startLine = parts.startLine ?? parts.endLine;
  const endLine =
    startLine !== undefined && parts.endLine !== undefined && parts.endLine >= startLine ? parts.endLine : undefined;
  return {
    ...(parts.path !== undefined && { path: parts.path }),
    ...(startLine !== undefined && { startLine }),
    ...(endLine !== undefined && { endLine }),
    ...(parts.symbol !== undefined && { symbol: parts.symbol }),
  };
}
