import { describe, expect, it } from 'vitest';
import { defaultModel } from '../../src/agents/prices.ts';
import { findProgram, modelFor } from '../../src/agents/programs/programs.ts';
import { programPackages } from '../../src/sandboxes/program-package.ts';
import { read, rowsBelow } from './markdown.ts';

const page = 'docs/agents.md';
const heading = 'What each can';
const tools = ['anthropic', 'claude-code', 'codex', 'gemini'];
const rows = new Map(rowsBelow(page, heading).map(([what = '', ...cells]) => [what, cells]));

/** What the table says of a tool; it may point at another one. */
function told(what: string, tool: string): string {
  const cell = rows.get(what)?.[tools.indexOf(tool)] ?? expect.fail(`no such row: ${what}`);
  const [, other] = /^as `([\w-]+)`$/.exec(cell) ?? [];
  return other === undefined ? cell : told(what, other);
}

const byResume = [
  ['at a limit', 'one more run, up to three calls', 'ends; what it reported is kept'],
  ['ends without `finish`', 'reminded once', 'counts as unfinished'],
  ['a question that must be answered', 'goes on where it was', 'goes on anew'],
  ['stopped and resumed', 'with its conversation', 'anew'],
  ['`courier tell`', 'goes on with the words', 'read when it calls `finish`'],
] as const;

describe('what docs/agents.md says that each agent tool can', () => {
  it('has a column for each, or says whom it is like', () => {
    expect(read(page)).toContain(`| | ${tools.map((tool) => `\`${tool}\``).join(' | ')} |`);
    expect(read(page)).toContain('`opencode` is as `codex` in all of this but these');
    expect([...tools, 'opencode'].toSorted()).toEqual(['anthropic', ...Object.keys(programPackages)].toSorted());
    expect(findProgram('opencode')?.can).toEqual(findProgram('codex')?.can);
  });

  it.each(tools)('is what it is configured with where nobody names a model: %s', (tool) => {
    expect(told('model where none is named', tool)).toBe(`\`${modelFor(tool, defaultModel)}\``);
  });

  it('are the versions that are installed, and those with which the tests were run', () => {
    const told = Object.values(programPackages).map(({ title, tested: { from, to } }) => [
      ...[title, to, from === to ? from : `${from} to ${to}`],
    ]);
    expect(rowsBelow(page, 'Versions')).toEqual(told);
  });

  it.each(byResume)('is what it declares: %s', (what, resumes, otherwise) => {
    for (const tool of tools.slice(1)) {
      const can = findProgram(tool)?.can ?? expect.fail(`no such program: ${tool}`);
      expect(told(what, tool), tool).toContain(can.resume ? resumes : otherwise);
    }
  });
});
