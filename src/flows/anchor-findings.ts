import { anchorPlace, createAnchors } from '../findings/anchor.ts';
import type { Evidence, RaisedFinding } from '../findings/finding.ts';
import type { ScopeFinder } from '../findings/scopes.ts';

export type AnchorSources = {
  readText: (path: string) => Promise<string | undefined>;
  findScopes: ScopeFinder;
  /** Takes out the secrets that any text is searched for. */
  clean: (text: string) => string;
  /** Evidence of this session; where a check masked a line, no anchor is made of what it hides. */
  masked: readonly Evidence[];
};

/** Gives findings their anchors; each file is read and parsed once, and only when a finding is in it. */
export function createAnchoring(sources: AnchorSources): (finding: RaisedFinding) => Promise<RaisedFinding> {
  const masked = maskedLines(sources.masked);
  const files = new Map<string, Promise<ReturnType<typeof createAnchors> | undefined>>();
  return async (finding) => {
    const place = anchorPlace(finding);
    if (!place) return finding;
    const file = files.get(place.path) ?? openFile(place.path, sources, masked);
    files.set(place.path, file);
    const anchor = (await file)?.(place);
    return anchor ? { ...finding, anchor } : finding;
  };
}

async function openFile(
  path: string,
  { readText, findScopes, clean }: AnchorSources,
  masked: ReadonlyMap<string, string>,
): Promise<ReturnType<typeof createAnchors> | undefined> {
  const text = await readText(path);
  if (text === undefined) return undefined;
  const scopeAt = await findScopes(path, text);
  return createAnchors({
    path,
    text,
    scopeAt,
    clean: (line, number) => clean(masked.get(placeOf(path, number)) ?? line),
  });
}

/** The lines that checks masked, as they may be told. */
function maskedLines(evidence: readonly Evidence[]): Map<string, string> {
  const lines = new Map<string, string>();
  for (const { path, startLine, endLine, quote, masked } of evidence) {
    if (!masked || startLine === undefined) continue;
    const told = quote.split('\n');
    const count = Math.max(told.length, (endLine ?? startLine) - startLine + 1);
    // A secret of several lines leaves fewer of them.
    for (let index = 0; index < count; index++) lines.set(placeOf(path, startLine + index), told[index] ?? '***');
  }
  return lines;
}

function placeOf(path: string, line: number): string {
  return `${line}:${path}`;
}
