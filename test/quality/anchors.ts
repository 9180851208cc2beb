import path from 'node:path';
import { createScopeFinder } from '../../src/adapters/syntax/scope-finder.ts';
import { createAnchors } from '../../src/findings/anchor.ts';
import type { Anchor } from '../../src/findings/finding.ts';
import { createRandom } from '../bench/random.ts';
import { listChanged, listCommits, listSources, readBlobs, type Source } from './line-history.ts';

// Which part of an anchor finds a line again after so many commits, and which one still finds it when git says that it is gone.
const root = path.join(import.meta.dirname, '../..');
const distances = [10, 25, 50];
const step = 12;
const linesPerFile = 20;

type Place = { path: string; line: number; anchor: Anchor; wide: Anchor };
type Key = { name: string; of: (place: Place, path: string) => string | undefined };

const keys: Key[] = [
  { name: 'path + line number', of: ({ line }, at) => `${at} ${line}` },
  { name: 'path + line', of: ({ anchor }, at) => `${at} ${anchor.line}` },
  { name: 'path + block of 2', of: ({ anchor }, at) => anchor.block && `${at} ${anchor.block}` },
  { name: 'path + block of 5', of: ({ wide }, at) => wide.block && `${at} ${wide.block}` },
  { name: 'path + scope', of: ({ anchor }, at) => `${at} ${anchor.scope}` },
  { name: 'path + scope + line', of: ({ anchor }, at) => `${at} ${anchor.scope} ${anchor.line}` },
  { name: 'scope + line', of: ({ anchor }) => `${anchor.scope} ${anchor.line}` },
  { name: 'block of 2', of: ({ anchor }) => anchor.block },
  { name: 'block of 5', of: ({ wide }) => wide.block },
  {
    name: 'path + scope + line + block of 2',
    of: ({ anchor }, at) => `${at} ${anchor.scope} ${anchor.line} ${anchor.block}`,
  },
  {
    name: 'path + scope + line + block of 5',
    of: ({ anchor, wide }, at) => `${at} ${anchor.scope} ${anchor.line} ${wide.block}`,
  },
];

type Counts = { kept: number; found: number; ambiguous: number; gone: number; stillFound: number };

// Each has a minute; what is measured is the parser.
let findScopes = createScopeFinder();

const known = new Map<string, Place[]>();

async function placesIn(commit: string): Promise<Map<string, Place[]>> {
  const sources = listSources(root, commit);
  const nameOf = ({ path, blob }: Source) => `${blob} ${path}`;
  const texts = readBlobs(root, [...new Set(sources.filter((one) => !known.has(nameOf(one))).map(({ blob }) => blob))]);
  const places = new Map<string, Place[]>();
  for (const source of sources) {
    const found = known.get(nameOf(source)) ?? (await placesOf(source.path, texts.get(source.blob) ?? ''));
    known.set(nameOf(source), found);
    places.set(source.path, found);
  }
  return places;
}

async function placesOf(file: string, text: string): Promise<Place[]> {
  const given = { path: file, text, scopeAt: await findScopes(file, text), clean: (line: string) => line };
  const [narrow, wide] = [createAnchors(given), createAnchors({ ...given, around: 5 })];
  return text.split('\n').flatMap((_, index) => {
    const [one, other] = [narrow({ startLine: index + 1 }), wide({ startLine: index + 1 })];
    return one && other ? [{ path: file, line: index + 1, anchor: one, wide: other }] : [];
  });
}

async function measure(pairs: readonly (readonly [string, string])[]): Promise<Map<string, Counts>> {
  const random = createRandom(1);
  const counts = new Map(keys.map(({ name }) => [name, { kept: 0, found: 0, ambiguous: 0, gone: 0, stillFound: 0 }]));
  for (const [before, now] of pairs) {
    const [old, present] = [await placesIn(before), [...(await placesIn(now)).values()].flat()];
    const indexes = new Map(keys.map((key) => [key.name, Map.groupBy(present, (place) => key.of(place, place.path))]));
    for (const file of listChanged(root, [before, now])) {
      const places = old.get(file.before) ?? [];
      for (let draw = 0; draw < Math.min(linesPerFile, places.length); draw++) {
        const place = places[Math.floor(random() * places.length)];
        if (!place) continue;
        for (const key of keys) count(key, { place, file, index: indexes.get(key.name), counts: counts.get(key.name) });
      }
    }
  }
  return counts;
}

type Case = {
  place: Place;
  file: ReturnType<typeof listChanged>[number];
  index: ReadonlyMap<string | undefined, readonly Place[]> | undefined;
  counts: Counts | undefined;
};

/** Files are followed by git, as a scan does. */
function count(key: Key, { place, file, index, counts }: Case): void {
  if (!counts) return;
  const wanted = key.of(place, file.now);
  const matches = wanted === undefined ? [] : (index?.get(wanted) ?? []);
  const line = file.lineNow(place.line);
  if (line === undefined) {
    counts.gone += 1;
    if (matches.length > 0) counts.stillFound += 1;
    return;
  }
  counts.kept += 1;
  if (!matches.some((match) => match.path === file.now && match.line === line)) return;
  counts.found += 1;
  if (matches.length > 1) counts.ambiguous += 1;
}

const commits = listCommits(root);
console.log('| commits apart | key | lines | found again | of those ambiguous | gone | found though gone |');
console.log('|---:|---|---:|---:|---:|---:|---:|');
const percent = (part: number, of: number) => (of === 0 ? '-' : `${((100 * part) / of).toFixed(1)} %`);
for (const distance of distances) {
  findScopes = createScopeFinder();
  const pairs = commits.flatMap((before, at): [string, string][] => {
    const now = commits[at + distance];
    return at % step === 0 && now !== undefined ? [[before, now]] : [];
  });
  for (const [name, { kept, found, ambiguous, gone, stillFound }] of await measure(pairs))
    console.log(
      `| ${distance} | ${name} | ${kept} | ${percent(found, kept)} | ${percent(ambiguous, found)} | ${gone} | ${percent(stillFound, gone)} |`,
    );
}
if (commits.length <= Math.min(...distances))
  console.log('\nThis checkout is too shallow to measure anchors: fetch its history.');
