import { expect, it } from 'vitest';
import { connect } from './github-bed.ts';

const collaborators = { wanda: 'write', tracy: 'triage', max: 'maintain' } as const;

it('tells what a person may do by the name of the role, and that a stranger may nothing', async () => {
  const { github, double } = await connect({ repositories: [{ name: 'acme/shop', collaborators }] });
  expect(await Promise.all(['wanda', 'tracy', 'max', 'mallory'].map(github.roleOf))).toEqual([
    'write',
    'triage',
    'maintain',
    'none',
  ]);
  expect(double.violations).toEqual([]);
  await double.close();
});

it('knows that everybody may read what is public', async () => {
  const { github, double } = await connect({ repositories: [{ name: 'acme/shop', visibility: 'public' }] });
  expect(await github.roleOf('mallory')).toBe('read');
  await double.close();
});

it('does not guess where GitHub fails', async () => {
  const { github, double } = await connect({ repositories: [{ name: 'acme/shop', collaborators }] });
  double.fail({ operation: 'repos/get-collaborator-permission-level', status: 500, times: 9 });
  await expect(github.roleOf('wanda')).rejects.toThrow(/wanda/);
  await double.close();
});
