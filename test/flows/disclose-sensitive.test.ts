import { afterEach, describe, expect, it } from 'vitest';
import type { RepositorySeed } from '../fakes/github/state.ts';
import { aDisclosureBed, appToken, bareToken, type DisclosureBed, uploads, weakness } from './disclose-bed.ts';

const beds: DisclosureBed[] = [];
afterEach(async () => {
  for (const { double } of beds.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});
async function aBed(seed?: Partial<RepositorySeed>): Promise<DisclosureBed> {
  const bed = await aDisclosureBed(seed);
  beds.push(bed);
  return bed;
}

const key = 'a key of more than 16 characters';
const create = 'security-advisories/create-repository-advisory';
const upload = 'code-scanning/upload-sarif';
const asked = ({ double }: DisclosureBed) =>
  double.requests.map(({ operation }) => operation).filter((name) => /security-advisories|code-scanning/.test(name));
const drafts = ({ double }: DisclosureBed) => double.repository().advisories;

describe.each([
  ['without a key', undefined],
  ['with a ledger key', key],
])('the token of an app that may file advisories, %s', (_how, key) => {
  const app = { token: appToken, key };

  it('files each finding once, with all that makes it one', async () => {
    const bed = await aBed();
    const { notes, failure } = await bed.run([weakness('a'), weakness('b')], app);
    expect(failure).toBeUndefined();
    expect(drafts(bed)).toMatchObject([
      {
        state: 'draft',
        severity: 'medium',
        cwes: ['CWE-89'],
        packages: [{ package: { ecosystem: 'other', name: 'acme/shop' } }],
      },
      { state: 'draft' },
    ]);
    expect(
      drafts(bed)
        .map(({ summary }) => summary)
        .sort(),
    ).toEqual(['CANARY title of a', 'CANARY title of b']);
    expect(drafts(bed)[0]?.description).toContain('CANARY quote of');
    expect(drafts(bed)[0]?.description).not.toContain('/courier');
    expect(notes.join()).toMatch(/2 security findings are told in security advisories/);
    bed.double.forget();
    await bed.run([weakness('a'), weakness('b')], app);
    expect(asked(bed)).toEqual([]);
    expect(bed.double.writes()['git/create-commit']).toBe(1);
    expect(drafts(bed)).toHaveLength(2);
  });

  it('closes the draft of what is gone, and opens it when it is back', async () => {
    const bed = await aBed();
    await bed.run([weakness('a')], app);
    await bed.run([], app);
    expect(drafts(bed)).toMatchObject([{ state: 'closed' }]);
    expect(drafts(bed)[0]?.description).toMatch(
      /CANARY quote of a[\s\S]*Courier closed this draft: the problem is gone/,
    );
    bed.double.forget();
    await bed.run([], app);
    expect(asked(bed)).toEqual([]);
    await bed.run([weakness('a')], app);
    expect(drafts(bed)).toMatchObject([{ state: 'draft' }]);
    expect(drafts(bed)[0]?.description).toMatch(/Courier opened this draft again/);
  });

  it.each(['published', 'closed'] as const)('leaves one that a person %s to that person', async (state) => {
    const bed = await aBed();
    await bed.run([weakness('a')], app);
    for (const draft of drafts(bed)) draft.state = state;
    const before = structuredClone(drafts(bed));
    await bed.run([], app);
    await bed.run([weakness('a')], app);
    expect(drafts(bed)).toEqual(before);
    bed.double.forget();
    await bed.run([weakness('a')], app);
    expect(asked(bed)).toEqual([]);
  });

  it('files no more in one session than it may, and the rest in the next', async () => {
    const bed = await aBed();
    const all = ['a', 'b', 'c'].map((rule) => weakness(rule));
    await bed.run(all, { ...app, maxNew: 2 });
    expect(drafts(bed)).toHaveLength(2);
    expect(uploads(bed)).toEqual([]);
    await bed.run(all, { ...app, maxNew: 2 });
    expect(drafts(bed)).toHaveLength(3);
  });

  it.each([
    ['was lost', { applied: true }],
    ['was an error of GitHub after it was made', { status: 502, applied: true }],
    ['never came, as nothing was made', {}],
  ])('does not file one twice whose answer %s', async (_what, fault) => {
    const bed = await aBed();
    bed.double.fail({ operation: create, ...fault });
    const { failure } = await bed.run([weakness('a'), weakness('b')], app);
    expect(failure).toMatch(/left for the next session: GitHub/);
    expect(failure).not.toContain('CANARY');
    await bed.run([weakness('a'), weakness('b')], app);
    expect(drafts(bed)).toHaveLength(2);
    expect(bed.ledger().map(({ told }) => told?.advisory?.state)).toEqual(['open', 'open']);
    expect(JSON.stringify(bed.ledger())).not.toContain('claim');
  });

  it('files one once for two sessions at the same time', async () => {
    const bed = await aBed();
    bed.double.fail({ operation: create, status: 502 });
    await bed.run([weakness('a')], app);
    const both = await Promise.all([bed.run([weakness('a')], app), bed.run([weakness('a')], app)]);
    expect(both.map(({ failure }) => failure)).toEqual([undefined, undefined]);
    expect(drafts(bed)).toHaveLength(1);
  });

  it.each([1, 2, 3, 4])(
    'finds again what it could not record, whichever commit of the ledger fails (%i)',
    async (after) => {
      const bed = await aBed();
      await bed.run([], app);
      bed.double.fail({ operation: 'git/update-ref', status: 500, after, times: 99 });
      await bed.run([weakness('a'), weakness('b')], app).catch(() => undefined);
      bed.double.heal();
      await bed.run([weakness('a'), weakness('b')], app);
      expect(drafts(bed)).toHaveLength(2);
      expect(bed.ledger().map(({ told }) => Object.keys(told ?? {}))).toEqual([['advisory'], ['advisory']]);
    },
  );

  it('closes its own where another session put one on record meanwhile', async () => {
    const bed = await aBed();
    await bed.run([], app);
    const theirs = { id: 'GHSA-theirs', url: 'https://github.test/x', state: 'open' } as const;
    bed.double.fail({
      ...{ operation: 'git/update-ref', after: 3, status: 422, message: 'Update is not a fast forward' },
      meanwhile: () => bed.rewrite((finding) => ({ ...finding, told: { advisory: theirs } })),
    });
    const { failure } = await bed.run([weakness('a')], app);
    expect(failure).toBeUndefined();
    expect(drafts(bed)).toMatchObject([{ state: 'closed', description: expect.stringContaining('goes on in') }]);
    expect(bed.ledger()[0]?.told).toEqual({ advisory: theirs });
  });

  it('takes no report of an outsider for its own, whatever marker it carries', async () => {
    const bed = await aBed();
    bed.double.fail({ operation: create, status: 502 });
    await bed.run([weakness('a')], app);
    const [known] = bed.ledger();
    const description = `<!-- courier:begin -->\n<!-- courier:finding ${known?.id} -->\n\nx\n\n<!-- courier:end -->`;
    drafts(bed).push({
      id: 'GHSA-aaaa-aaaa-aaaa',
      description,
      state: 'draft',
      reported: true,
      summary: 'x',
      severity: 'low',
      cwes: [],
      packages: [],
    });
    await bed.run([weakness('a')], app);
    expect(drafts(bed)).toHaveLength(2);
    expect(bed.ledger()[0]?.told?.advisory?.id).toBe('GHSA-test-test-0002');
  });

  it('does without a CWE that GitHub does not know', async () => {
    const bed = await aBed();
    await bed.run([weakness('a', { cwe: 'CWE-99999' })], app);
    expect(drafts(bed)).toMatchObject([{ cwes: [] }]);
  });
});

describe('a workflow with security-events', () => {
  it('asks for an advisory once, then uploads all, and nothing while nothing changes', async () => {
    const bed = await aBed();
    const { notes } = await bed.run([weakness('a'), weakness('b')], { key });
    expect(asked(bed)).toEqual([create, upload]);
    expect(uploads(bed).map((rules) => rules.sort())).toEqual([['a', 'b']]);
    expect(bed.double.repository().sarifs[0]).toMatchObject({ ref: 'refs/heads/main', commit: 'c'.repeat(40) });
    expect(JSON.stringify(bed.double.repository().sarifs)).toContain('"id":"courier/security/"');
    expect(notes.join()).toMatch(/2 security findings are told in code scanning alerts/);
    bed.double.forget();
    await bed.run([weakness('a'), weakness('b')], { key });
    expect(asked(bed)).toEqual([]);
    expect(bed.double.writes()['git/create-commit']).toBe(1);
  });

  it('uploads again when one is fixed, without it, and once when the last is', async () => {
    const bed = await aBed();
    await bed.run([weakness('a'), weakness('b')], { key });
    await bed.run([weakness('b')], { key });
    expect(uploads(bed)[1]).toEqual(['b']);
    await bed.run([], { key });
    expect(uploads(bed)[2]).toEqual([]);
    await bed.run([], { key });
    expect(uploads(bed)).toHaveLength(3);
  });

  it('keeps with a key the alerts of what this session did not see', async () => {
    const bed = await aBed();
    const origin = { kind: 'agent', name: 'security' } as const;
    await bed.run([weakness('a', { origin })], { key });
    await bed.run([weakness('b')], { key });
    expect(uploads(bed)[1]?.sort()).toEqual(['a', 'b']);
  });

  it('uploads nothing without a key that would close what this session did not see, and says so', async () => {
    const bed = await aBed();
    const origin = { kind: 'agent', name: 'security' } as const;
    await bed.run([weakness('a', { origin })]);
    const { notes } = await bed.run([weakness('b')]);
    expect(uploads(bed)).toHaveLength(1);
    expect(notes.join('\n')).toMatch(
      /not brought up to date: the details of 1 finding[\s\S]*1 security finding is told nowhere/,
    );
    bed.double.forget();
    await bed.run([weakness('b')]);
    expect(asked(bed)).toEqual([]);
    await bed.run([weakness('a', { origin }), weakness('b')], { trigger: 'workflow_dispatch' });
    expect(uploads(bed)[1]?.sort()).toEqual(['a', 'b']);
  });

  it('moves to advisories what is new once the token may file them', async () => {
    const bed = await aBed();
    await bed.run([weakness('a')], { key });
    await bed.run([weakness('a'), weakness('b')], { key, token: appToken });
    expect(drafts(bed).map(({ summary }) => summary)).toEqual(['CANARY title of b']);
    expect(uploads(bed)).toHaveLength(1);
  });
});

describe('a token that may do neither', () => {
  it('is asked once, says so without a detail, and is not asked again while nothing changes', async () => {
    const bed = await aBed();
    const { notes, failure } = await bed.run([weakness('a'), weakness('b')], { token: bareToken });
    expect(asked(bed)).toEqual([create, upload]);
    expect(failure).toBeUndefined();
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(
      /^2 security findings are told nowhere: .*security-events: write.*`courier scan`.*`ledger-key`/,
    );
    bed.double.forget();
    const again = await bed.run([weakness('a'), weakness('b')], { token: bareToken });
    expect(asked(bed)).toEqual([]);
    expect(again.notes).toEqual(notes);
    expect(JSON.stringify([bed.ledger(), notes])).not.toContain('CANARY');
  });

  it.each([
    ['by hand', { trigger: 'workflow_dispatch' }, []],
    ['a week later', { day: 8 }, []],
    ['with something new', {}, [weakness('b')]],
  ])('is asked again %s', async (_when, step, more) => {
    const bed = await aBed();
    await bed.run([weakness('a')], { token: bareToken });
    await bed.run([weakness('a'), ...more], step);
    expect(uploads(bed)[0]?.sort()).toEqual(['a', ...more.map(() => 'b')]);
  });

  it('is so too where code scanning is not enabled', async () => {
    const bed = await aBed({ codeScanning: false });
    const { notes } = await bed.run([weakness('a')]);
    expect(notes[0]).toMatch(/^1 security finding is told nowhere/);
  });
});

it.each([
  ['withhold', { sensitive: 'withhold' }, 'public'],
  ['an ordinary issue in a private repository', {}, 'private'],
] as const)('asks nothing for %s', async (_what, step, visibility) => {
  const bed = await aBed({ visibility });
  const { notes } = await bed.run([weakness('a')], { ...step, token: appToken });
  expect(asked(bed)).toEqual([]);
  expect(notes).toEqual([]);
});

it('says in a plan what it would do, without a detail, and does none of it', async () => {
  const bed = await aBed();
  const { notes } = await bed.run([weakness('a')], { publish: 'plan', token: appToken });
  expect(notes).toEqual([expect.stringMatching(/^Would tell 1 security finding in private: 1 draft advisory where/)]);
  expect(bed.double.writes()).toEqual({});
});

describe('with a ledger key', () => {
  const said = weakness('a', {
    origin: { kind: 'agent', name: 'security' },
    title: 'CANARY SQL is built from the name that a visitor types',
    description: 'The name of a visitor reaches the query without any escaping.',
  });
  const reworded = { ...said, title: 'CANARY query is built from the typed name of a visitor', fingerprint: '1:other' };

  it('a finding in other words is the same by its code, and its seal stays as it is', async () => {
    const bed = await aBed();
    await bed.run([said], { key });
    const [before] = bed.ledger();
    await bed.run([reworded], { key });
    expect(bed.ledger()).toHaveLength(1);
    expect(bed.ledger()[0]).toMatchObject({ id: before?.id, occurrences: 2 });
    expect(bed.ledger()[0]?.sealed).toBe(before?.sealed);
    expect(JSON.stringify(bed.ledger())).not.toContain('CANARY');
  });

  it('is told by its fingerprint alone without one', async () => {
    const bed = await aBed();
    await bed.run([said]);
    await bed.run([reworded]);
    expect(bed.ledger()).toHaveLength(2);
  });
});
