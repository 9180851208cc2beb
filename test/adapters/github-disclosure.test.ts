import { describe, expect, it } from 'vitest';
import type { Conduct, Disclosure } from '../../src/flows/github-ports.ts';
import type { GitHubDouble } from '../fakes/github/github.ts';
import { cleaned, connect } from './github-bed.ts';

const token = 'ghs_app';
const permissions = { repository_advisories: 'write', security_events: 'write' } as const;
const conduct: Conduct = { deadline: Number.MAX_SAFE_INTEGER, recent: [], ready: async () => {} };
const draft = {
  summary: cleaned('CANARY summary'),
  description: cleaned('CANARY description'),
  severity: 'high',
  cweIds: ['CWE-79'],
} as const;
const sarif = { commit: 'c'.repeat(40), ref: 'refs/heads/main', sarif: '{"version":"2.1.0"}' };

async function withDisclosure(
  work: (disclosure: Disclosure, double: GitHubDouble) => Promise<void>,
  granted: typeof permissions | Record<string, never> = permissions,
): Promise<void> {
  const { github, double } = await connect(
    {
      repositories: [{ name: 'acme/shop', visibility: 'public' }],
      tokens: { [token]: { login: 'courier[bot]', type: 'Bot', permissions: granted } },
    },
    { token },
  );
  await work(github.disclosureBy(conduct), double);
  expect(double.violations).toEqual([]);
  await double.close();
}

describe('private places on GitHub', () => {
  it('take an advisory, list and change it, and take alerts', () =>
    withDisclosure(async (disclosure, double) => {
      const made = await disclosure.createDraft(draft);
      expect(made).toEqual({ id: 'GHSA-test-test-0001', url: expect.stringMatching(/security\/advisories\/GHSA/) });
      await disclosure.updateAdvisory('GHSA-test-test-0001', { state: 'closed', description: cleaned('gone') });
      expect(await disclosure.listAdvisories()).toMatchObject([{ description: 'gone', state: 'closed' }]);
      expect(await disclosure.readAdvisory('GHSA-test-test-0001')).toMatchObject({ state: 'closed' });
      expect(await disclosure.uploadSarif(sarif)).toBe('taken');
      expect(double.repository().sarifs).toEqual([{ ...sarif, sarif: { version: '2.1.0' } }]);
    }));

  it('list all pages, and nothing that came from outside', () =>
    withDisclosure(async (disclosure, double) => {
      for (let at = 0; at < 120; at++) await disclosure.createDraft(draft);
      const [first] = double.repository().advisories;
      if (first) first.reported = true;
      expect(await disclosure.listAdvisories()).toHaveLength(119);
    }));

  it('refuse a token without the permission, with one request each', () =>
    withDisclosure(async (disclosure, double) => {
      expect(await disclosure.createDraft(draft)).toBe('refused');
      expect(await disclosure.uploadSarif(sarif)).toBe('refused');
      expect(double.requests).toHaveLength(2);
    }, {}));

  it('tell what is not there from what they do not take', () =>
    withDisclosure(async (disclosure, double) => {
      expect(await disclosure.readAdvisory('GHSA-none-none-none')).toBe('refused');
      double.fail({ operation: 'code-scanning/upload-sarif', status: 400, message: 'CANARY' });
      expect(await disclosure.uploadSarif(sarif)).toBe('rejected');
      double.fail({ operation: 'security-advisories/create-repository-advisory', status: 422, times: 2 });
      expect(await disclosure.createDraft(draft)).toBe('rejected');
      expect(double.repository().advisories).toEqual([]);
    }));

  it.each([
    ['an error', { status: 500, message: 'cannot store CANARY' }, /answered 500 to the attempt to file a draft/],
    ['no answer', {}, /did not answer the attempt to file a draft/],
    ['another answer', { applied: true, status: 201, message: 'CANARY' }, /could not be read/],
  ])('fail at %s without quoting it, and are not asked again', (_what, fault, sentence) =>
    withDisclosure(async (disclosure, double) => {
      double.fail({ operation: 'security-advisories/create-repository-advisory', ...fault, times: 9 });
      const error = await disclosure.createDraft(draft).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect(String(error)).toMatch(sentence);
      expect(JSON.stringify([String(error), error])).not.toContain('CANARY');
      expect(double.requests).toHaveLength(1);
    }),
  );
});
