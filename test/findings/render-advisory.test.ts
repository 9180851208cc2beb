import { expect, it } from 'vitest';
import { findFindingMarker } from '../../src/findings/issue-markers.ts';
import { addToAdvisory, renderAdvisory, renderBackNote, renderGoneNote } from '../../src/findings/render-advisory.ts';
import { safe } from '../../src/publishing/safe-text.ts';
import { aFinding, context, gate } from './issue-builders.ts';

const weakness = aFinding({
  id: 'F-0000000b',
  category: 'security',
  title: 'SQL injection',
  severity: 1,
  cwe: 'cwe-089',
});

it('holds what an issue would, the marker, and none of the commands that only an issue takes', () => {
  const { summary, description, severity, cweIds } = renderAdvisory(weakness, context);
  expect({ summary, severity, cweIds }).toEqual({ summary: 'SQL injection', severity: 'critical', cweIds: ['CWE-89'] });
  expect(description).toContain('sum += price * 1.19;');
  expect(description).toMatch(/never publishes one/);
  expect(description).not.toMatch(/\/courier|not planned/);
  expect(findFindingMarker(description)).toBe(weakness.id);
});

it.each([undefined, '', 'CWE', 'SQL', '79; DROP'])('names no CWE for %j', (cwe) => {
  expect(renderAdvisory({ ...weakness, ...(cwe === undefined ? {} : { cwe }) }, context).cweIds).toEqual(
    cwe === undefined ? ['CWE-89'] : [],
  );
});

it('stays below what GitHub takes, without secrets, and keeps its marker', () => {
  const evidence = Array.from({ length: 40 }, (_, at) => ({ path: `src/${at}.js`, quote: `${at} `.repeat(9000) }));
  const long = { ...weakness, title: 'a-secret-value-1234 '.repeat(99), description: 'word '.repeat(99_999), evidence };
  const { summary, description } = renderAdvisory(long, context);
  expect(summary.length).toBeLessThanOrEqual(1024);
  expect(description.length).toBeLessThanOrEqual(65_535);
  expect(summary + description).not.toContain('a-secret-value-1234');
  expect(findFindingMarker(description)).toBe(weakness.id);
});

it('takes a note after the text that is there, which stays as it is, and none where there is no room', () => {
  const resolution = { at: '2026-11-21T10:00:00Z', commit: 'd'.repeat(40), proof: 'The check finds it no more.' };
  const gone = renderGoneNote({ ...weakness, state: 'resolved', resolution }, context);
  expect(gone).toMatch(/gone at commit \[`ddddddd`\]\(.*\): The check finds it no more\.$/);
  const text = 'What a person wrote: <b>@octocat</b>';
  expect(addToAdvisory(text, gone, gate)).toBe(`${text}\n\n---\n\n${gone}`);
  const full = 'x'.repeat(65_530);
  expect(addToAdvisory(full, gone, gate)).toBe(full);
  expect(renderBackNote(weakness, context)).toMatch(/^Courier opened this draft again: the problem is back at commit/);
});

it('says without a proof that it is gone', () => {
  expect(renderGoneNote(weakness, context)).toBe(safe`Courier closed this draft: the problem is gone.`);
});
