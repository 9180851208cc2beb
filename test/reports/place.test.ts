import { describe, expect, it } from 'vitest';
import { encodePath, permalink, placesOf, placeText, repositoryUrl, whereText } from '../../src/reports/place.ts';
import { sortFindings } from '../../src/reports/sort-findings.ts';
import { aFinding, aReport } from './builders.ts';

describe('places', () => {
  it('names each place once, the location first, with the quote that covers it', () => {
    const finding = aFinding({
      location: { path: 'b.js', startLine: 8 },
      evidence: [
        { path: 'a.js', startLine: 1, quote: 'one' },
        { path: 'b.js', startLine: 7, endLine: 9, quote: 'two' },
        { path: 'a.js', startLine: 1, quote: 'one again' },
      ],
    });
    expect(placesOf(finding).map(placeText)).toEqual(['b.js:7-9', 'a.js:1']);
    expect(placesOf(finding)[0]?.quote).toBe('two');
    expect(whereText(finding)).toBe('b.js:7-9 (+1 more)');
  });

  it('keeps a location that no evidence covers', () => {
    const finding = aFinding({ location: { path: 'a.js', startLine: 90 } });
    expect(placesOf(finding).map(placeText)).toEqual(['a.js:90', 'src/db.js:3']);
  });

  it('shows a dash for a finding in no file', () => {
    expect(whereText({ location: undefined, evidence: [] })).toBe('–');
  });
});

describe('permalinks', () => {
  const { repository } = aReport();

  it('point at the lines of the scanned commit', () => {
    const url = permalink(repository, { path: 'a b/ü#1.js', startLine: 3, endLine: 5 });
    expect(url).toBe(`https://github.com/acme/shop/blob/${repository.commit}/a%20b/%C3%BC%231.js#L3-L5`);
  });

  it('are not made for a changed working tree, an unknown commit or page, or a path that leaves the repository', () => {
    const place = { path: 'a.js', startLine: 3 };
    expect(permalink({ ...repository, dirty: true }, place)).toBeUndefined();
    expect(permalink({ ...repository, commit: undefined }, place)).toBeUndefined();
    expect(permalink({ ...repository, url: undefined }, place)).toBeUndefined();
    expect(permalink({ ...repository, url: 'javascript:alert(1)' }, place)).toBeUndefined();
    expect(permalink(repository, { path: '../../settings' })).toBeUndefined();
  });

  it('use the server and the name where no page is given', () => {
    const server = { ...repository, url: undefined, serverUrl: 'https://ghe.example' };
    expect(repositoryUrl(server)).toBe('https://ghe.example/acme/shop');
    expect(repositoryUrl({ ...server, name: 'a folder' })).toBeUndefined();
  });
});

describe('encoded paths', () => {
  it.each([
    ['src/a.js', 'src/a.js'],
    ['./src//a.js', 'src/a.js'],
    ['50% [x](y)?.md', '50%25%20%5Bx%5D%28y%29%3F.md'],
    ["it's.js", 'it%27s.js'],
    ['back\\slash', 'back%5Cslash'],
  ])('%s', (path, expected) => {
    expect(encodePath(path)).toBe(expected);
  });

  it.each(['', '.', '/etc/passwd', 'a/../../b', 'C:/x'])('%j has none', (path) => {
    expect(encodePath(path)).toBeUndefined();
  });

  it('survives half of a surrogate pair', () => {
    expect(encodePath('a\ud83d.js')).toBe('a%EF%BF%BD.js');
  });
});

it('sorts by severity, path, line and id, those in no file last', () => {
  const at = (path: string, startLine: number) => ({ location: { path, startLine }, evidence: [] });
  const { location: _, ...rest } = aFinding({ severity: 1, evidence: [] });
  const findings = [
    aFinding({ title: 'e', severity: 2, ...at('a.js', 1) }),
    { ...rest, title: 'd' },
    aFinding({ title: 'c', severity: 1, ...at('b.js', 2) }),
    aFinding({ title: 'b', severity: 1, ...at('a.js', 10) }),
    aFinding({ title: 'a', severity: 1, ...at('a.js', 9) }),
  ];
  expect(sortFindings(findings).map(({ title }) => title)).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(sortFindings(findings.toReversed()).map(({ title }) => title)).toEqual(['a', 'b', 'c', 'd', 'e']);
});
