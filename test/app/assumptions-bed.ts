import { expect } from 'vitest';
import { AssumptionRecord } from '../../src/memory/assumption.ts';
import { emptyMemory, withAssumptions } from '../../src/memory/memory.ts';
import { propose } from '../../src/memory/review.ts';
import { addIssue, type RepositorySeed } from '../fakes/github/state.ts';
import { anAssumption } from '../memory/builders.ts';
import { aSession } from '../reports/builders.ts';
import { type AppGitHub, aGitHubWithApp, anApp, patience, shop } from './app-bed.ts';
import { seedLedger } from './ledger-bed.ts';

export const file = '.courier/assumptions.yml';
export const branch = 'courier/assumptions';
const early = '2026-11-21T10:00:00Z';
export const texts = ['Prices are in cents.', 'Orders are never deleted.', 'There is one warehouse.'];

function proposed(id: string, text: string): AssumptionRecord {
  const { revision: _, state: __, history: ___, ...record } = anAssumption({ id, text });
  return propose(record, { by: 'general', at: early, from: 'session S20261121-181500-ab3d' });
}

const three = texts.map((text, index) => proposed(`A${index + 1}`, text));

/** Three assumptions on record, a dashboard (issue 1), and the app. */
export async function world(over: Partial<RepositorySeed> = {}) {
  const github = await aGitHubWithApp({ repositories: [{ ...shop, ...over }] });
  addIssue(github.repository(), { title: 'Courier dashboard' });
  const issue = { number: 1, url: 'https://github.test/acme/shop/issues/1' };
  const dashboard = { version: 1 as const, sessions: [], issue };
  const session = aSession({ id: anAssumption().session });
  await seedLedger(github, { session, dashboard, memory: withAssumptions(emptyMemory, three) });
  const { idle } = await anApp(github, { sweepEvery: 3_600_000, redeliverEvery: 3_600_000 });
  return { ...github, idle };
}

export function recordsOf(github: AppGitHub): AssumptionRecord[] {
  const { assumptions } = JSON.parse(github.files('acme/shop', 'courier-ledger')['assumptions.json'] ?? '{}');
  return AssumptionRecord.array().parse(assumptions);
}

export const states = (github: AppGitHub) => recordsOf(github).map(({ id, state }) => `${id} ${state}`);
export const fileOf = (github: AppGitHub, name = branch) => github.files('acme/shop', name)[file] ?? '';
export const pullOf = (github: AppGitHub, number = 2) =>
  github.repository().issues.find((issue) => issue.number === number);
export const saidOn = (github: AppGitHub, number: number) =>
  (pullOf(github, number)?.comments ?? []).map(({ body }) => body);

/** The pull request, on the word of somebody. */
export async function opened(over: Partial<RepositorySeed> = {}) {
  const github = await world(over);
  github.act.comment('wanda', '/courier export assumptions');
  await expect.poll(() => recordsOf(github).every(({ pullRequest }) => pullRequest === 2), patience).toBe(true);
  await github.idle();
  return github;
}

export const edit = (github: AppGitHub, from: string | RegExp, to: string, login = 'wanda') =>
  github.act.push(login, { branch, files: { [file]: fileOf(github).replace(from, to) } });
