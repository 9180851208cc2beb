import { describe, expect, it } from 'vitest';
import { authorise, isHeard, roleNeeded, toMandate, whyVoid } from '../../src/commands/authorise.ts';
import type { CommentSnapshot } from '../../src/commands/comment.ts';
import { registry } from '../../src/commands/registry.ts';
import { type Verb, verbs } from '../../src/commands/verbs.ts';
import { Configuration } from '../../src/config/schema.ts';
import { type Role, roles } from '../../src/events/role.ts';

const at = '2026-11-21T10:00:00Z';
const comment: CommentSnapshot = {
  ...{ id: 5, body: '/courier approve all', author: 'ada', by: 'person' },
  ...{ createdAt: at, updatedAt: at, url: 'https://github.test/acme/shop/issues/1#issuecomment-5' },
};
const { permissions } = Configuration.parse({});
const decide = (verb: Verb, over: Partial<Parameters<typeof authorise>[0]> = {}) =>
  authorise({
    ...{ verb, comment, permissions, visibility: 'private', standing: { role: 'admin' } },
    ...{ place: registry[verb].where[0], ...over },
  });

// The contract's table, section 11.
const table: Record<Verb, Role> = {
  ...{ run: 'write', retry: 'write', chain: 'write', scan: 'write', verify: 'write', stop: 'write', resume: 'write' },
  ...{ kill: 'write', clone: 'write', tell: 'write', ask: 'triage', answer: 'triage', skip: 'triage' },
  ...{ 'answer-session': 'triage', approve: 'write', decline: 'write', correct: 'write', ignore: 'triage' },
  ...{ unignore: 'triage', priority: 'triage', status: 'read', sessions: 'read', show: 'read', help: 'read' },
  ...{ rate: 'read', rename: 'write', export: 'write', archive: 'write', rule: 'write', file: 'write' },
  ...{ delete: 'maintain', 'delete-all': 'maintain', pause: 'maintain', unpause: 'maintain' },
};

describe('who may what', () => {
  const cases = verbs.flatMap((verb) => roles.map((role) => ({ verb, role })));
  it.each(cases)('$verb by somebody with the role $role', ({ verb, role }) => {
    const may = roles.indexOf(role) >= roles.indexOf(table[verb]);
    expect(decide(verb, { standing: { role } }).kind).toBe(may ? 'allowed' : 'refused');
    const isStranger = role === 'none' || role === 'read';
    const inPublic = decide(verb, { standing: { role }, visibility: 'public' }).kind;
    expect(inPublic).toBe(isStranger ? 'unheard' : decide(verb, { standing: { role } }).kind);
  });

  it.each(verbs)('%s is refused where the look-up failed', (verb) => {
    const verdict = decide(verb, { standing: { unknown: 'GitHub answered 502' } });
    expect(verdict).toMatchObject({ kind: 'refused', why: expect.stringContaining('GitHub answered 502') });
  });

  it.each(verbs)('%s is refused in a place where it does not work', (verb) => {
    const { where }: { where: readonly string[] } = registry[verb];
    for (const place of ['issue', 'finding', 'session', 'pull-request', 'dashboard'] as const)
      expect(decide(verb, { place }).kind).toBe(where.includes(place) ? 'allowed' : 'refused');
  });

  it.each(verbs.filter((verb) => table[verb] !== 'read'))('%s in a comment that was edited is refused', (verb) => {
    const edited = { ...comment, updatedAt: '2026-11-21T10:00:01Z' };
    expect(decide(verb, { comment: edited })).toMatchObject({ kind: 'refused', why: expect.stringMatching(/anew/) });
  });

  it('follows the configuration, and never asks for less than triage', () => {
    const strict = Configuration.parse({ permissions: { answer: 'write', run: 'admin', approve: 'maintain' } });
    const needed = (verb: Verb) => roleNeeded(verb, strict.permissions);
    expect([needed('ask'), needed('run'), needed('correct'), needed('delete')]).toEqual([
      'write',
      'admin',
      'maintain',
      'maintain',
    ]);
    expect([needed('ignore'), needed('file'), needed('help')]).toEqual(['triage', 'write', 'read']);
    const lowest = Configuration.parse({
      permissions: { answer: 'triage', run: 'triage', approve: 'triage', admin: 'triage' },
    });
    for (const verb of verbs.filter((each) => table[each] !== 'read'))
      expect(roles.indexOf(roleNeeded(verb, lowest.permissions))).toBeGreaterThanOrEqual(roles.indexOf('triage'));
    expect(() => Configuration.parse({ permissions: { run: 'read' } })).toThrow();
    expect(() => Configuration.parse({ permissions: { run: '*' } })).toThrow();
  });

  it.each<[string, Partial<CommentSnapshot>, boolean]>([
    ['a person', {}, true],
    ['a bot', { author: 'evil[bot]', by: 'app' }, false],
    ['an app in a name of a person', { by: 'app' }, false],
    ['Courier itself', { author: 'Courier-User' }, false],
    ['an account that is gone', { author: undefined }, false],
  ])('hears %s: %s', (_, over, heard) => {
    expect(isHeard({ ...comment, ...over }, 'courier-user')).toBe(heard);
  });
});

describe('what somebody asked for', () => {
  const mandate = toMandate(comment, 'a'.repeat(40));
  it.each<[string, Parameters<typeof whyVoid>[1], RegExp | undefined]>([
    ['stands while all of it is as it was', { comment, head: 'a'.repeat(40) }, undefined],
    ['is void when the comment is gone', { comment: undefined, head: 'a'.repeat(40) }, /deleted/],
    ['is void when the comment was edited', { comment: { ...comment, body: '/courier kill' } }, /edited/],
    ['is void in another comment with the same words', { comment: { ...comment, id: 6 } }, /deleted/],
    ['is void by another person', { comment: { ...comment, author: 'eve' } }, /not by the person/],
    ['is void when the branch has moved on', { comment, head: 'b'.repeat(40) }, /moved on from aaaaaaa/],
    ['is void when the branch is gone', { comment, head: undefined }, /moved on/],
  ])('%s', (_, now, why) => {
    const said = whyVoid(mandate, now);
    if (why) expect(said).toMatch(why);
    else expect(said).toBeUndefined();
  });
});
