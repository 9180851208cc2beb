import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { openAgent } from '../agents/programs/program-bed.ts';
import type { Turns } from '../agents/programs/spoken-models.ts';
import type { Bed } from './bed.ts';

export const files = {
  'src/db.js': [
    'export function find(db, name) {',
    '  return db.query("select * from users where name = \'" + name + "\'");',
    '}',
    'export const limit = 10;',
    '',
  ].join('\n'),
  '.github/courier.yml': 'presets: none\n',
};
export const injection = {
  title: 'SQL injection in find',
  description: 'The name reaches the query as it is.',
  priority: 'critical',
  category: 'security',
  evidence: [{ path: 'src/db.js', startLine: 2, quote: 'return db.query("select * from users' }],
};

const keys = { codex: 'openai-api-key', gemini: 'gemini-api-key' } as const;
export type Tool = keyof typeof keys;

/** The inputs of a step whose agent is a program of others, and its model on loopback. */
export async function anAgentTool(tool: Tool, turns: Turns) {
  const { model, modelId } = await openAgent(tool, turns);
  onTestFinished(model.close);
  return { model, inputs: { agent: tool, model: modelId, [keys[tool]]: model.key } };
}

/** A tool cache in which the programs lie already that the other tests installed: one is hundreds of megabytes. */
export function aToolCache(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'courier-test-cache-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const kept = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'courier', 'programs');
  mkdirSync(kept, { recursive: true });
  symlinkSync(kept, path.join(folder, 'courier-programs'));
  return folder;
}

/** The titles of the issues of findings, the oldest first. */
export const filed = ({ github }: Bed): string[] =>
  github
    .repository()
    .issues.filter(({ body }) => body.includes('<!-- courier:finding '))
    .map(({ title }) => title);
