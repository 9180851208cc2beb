import { describe, expect, it } from 'vitest';
import { understandEvent } from '../../src/events/understand-event.ts';

const event = (name: string, payload: unknown = {}) => ({ name, payload, actor: 'octocat', ref: 'refs/heads/main' });

const pullRequest = (headRepository: string | null) => ({
  pull_request: {
    number: 7,
    head: { repo: headRepository === null ? null : { full_name: headRepository } },
    base: { ref: 'main', sha: 'a'.repeat(40), repo: { full_name: 'acme/shop' } },
  },
});

describe('what a step is asked to do', () => {
  it.each(['schedule', 'workflow_dispatch', 'push', 'workflow_call', 'merge_group'])('scans on %s', (name) => {
    expect(understandEvent('auto', event(name), undefined).kind).toBe('scan');
  });

  it.each(['pull_request_target', 'workflow_run'])(
    'refuses %s in every mode, as it would run with secrets on untrusted code',
    (name) => {
      for (const mode of ['auto', 'scan', 'publish', 'command'] as const) {
        expect(() => understandEvent(mode, event(name), undefined)).toThrow(/does not run on/);
      }
    },
  );

  describe('by a comment', () => {
    const sender = { login: 'wanda', type: 'User' };
    const wrote = (body: string, over: object = {}) => ({
      ...{ action: 'created', issue: { number: 7 }, comment: { id: 99, body, user: sender }, sender, ...over },
    });
    const kindOf = (payload: unknown, name = 'issue_comment') =>
      understandEvent('auto', event(name, payload), undefined).kind;

    it.each(['auto', 'command'] as const)('looks at the comments of its issue, at mode %s', (mode) => {
      const step = understandEvent(mode, event('issue_comment', wrote('Please\n/courier ignore')), undefined);
      expect(step).toMatchObject({ kind: 'issue', event: { kind: 'comments', issue: 7, pullRequest: false } });
    });

    it.each([
      ['that holds no command', wrote('Fine, thanks.')],
      ['that only quotes one', wrote('> /courier run\n\nDo not.')],
      ['that speaks of one', wrote('Write `/courier run` for that.')],
      ['by a bot', wrote('/courier run', { sender: { login: 'x[bot]', type: 'Bot' } })],
      ['that was edited', wrote('/courier run', { action: 'edited' })],
      ['that was deleted', wrote('/courier run', { action: 'deleted' })],
      ['that nobody wrote', { action: 'created', issue: { number: 7 }, comment: { id: 99, body: '/courier run' } }],
      ['without anything', undefined],
    ])('does nothing about one %s', (_, payload) => {
      expect(kindOf(payload)).toBe('nothing');
    });

    it('looks at the pull request that a review is about and at an issue that was closed, and at none that was only opened', () => {
      const review = {
        action: 'submitted',
        pull_request: { number: 9 },
        review: { id: 3, body: '/courier help' },
        sender,
      };
      expect(kindOf(review, 'pull_request_review')).toBe('issue');
      expect(kindOf({ action: 'opened', issue: { number: 7, body: '/courier run' }, sender }, 'issues')).toBe(
        'nothing',
      );
    });

    it('has no request, whatever the input says', () => {
      const request = '{"version":1,"kind":"resume","session":"S20261121-181500-ab3d"}';
      const step = understandEvent('auto', event('issue_comment', wrote('/courier scan')), request);
      expect(step.kind).toBe('issue');
      expect(() => understandEvent('request', event('issue_comment', wrote('/courier scan')), request)).toThrow(
        /answered on workflow_dispatch, not on issue_comment/,
      );
    });

    it.each(['push', ''])('says that mode command has nothing to do on %j', (name) => {
      expect(() => understandEvent('command', event(name), undefined)).toThrow(/mode: command works on issue_comment/);
    });
  });

  describe('by a request', () => {
    const command = { version: 1, kind: 'command', issue: 7, comment: 99, index: 0, digest: 'a'.repeat(64) };

    it.each(['auto', 'request'] as const)('answers it, at mode %s', (mode) => {
      const step = understandEvent(mode, event('workflow_dispatch'), JSON.stringify(command));
      expect(step).toMatchObject({ kind: 'request', request: command });
    });

    it.each(['schedule', 'push', 'pull_request'])('answers none on %s', (name) => {
      const given = event(name, name === 'pull_request' ? pullRequest('acme/shop') : {});
      expect(() => understandEvent('auto', given, JSON.stringify(command))).toThrow(/answered on workflow_dispatch/);
    });

    it('resumes the session whose questions were answered', () => {
      const answers = { version: 1, kind: 'answers', issue: 7, comments: [1], session: 'S20261121-181500-ab3d' };
      const asked = understandEvent('auto', event('workflow_dispatch'), JSON.stringify(answers));
      expect(asked).toMatchObject({ kind: 'resume', session: 'S20261121-181500-ab3d' });
    });
  });

  it('publishes in mode publish', () => {
    expect(understandEvent('publish', event('push'), undefined).kind).toBe('publish');
  });

  it('says what to do about an event that it does not know', () => {
    expect(() => understandEvent('auto', event('fork'), undefined)).toThrow(/set the input mode to scan/);
  });

  it.each([
    ['acme/shop', false],
    ['mallory/shop', true],
    [null, true],
  ])('tells a pull request from %s apart: fork %s', (head, fork) => {
    const { trigger } = understandEvent('auto', event('pull_request', pullRequest(head)), undefined);
    expect(trigger.pullRequest).toEqual({ number: 7, baseRef: 'main', baseCommit: 'a'.repeat(40), fork });
  });

  it('refuses a pull request whose event file does not say where it comes from', () => {
    expect(() => understandEvent('auto', event('pull_request', { pull_request: {} }), undefined)).toThrow(/fork/);
  });

  describe('of an edited issue', () => {
    const body =
      '<!-- courier:begin -->\n<!-- courier:dashboard -->\n\n- [x] <!-- courier:scan-now --> Scan\n\n<!-- courier:end -->';
    const edited = (over: object = {}, issue: object = {}) => ({
      action: 'edited',
      issue: { number: 4, body, ...issue },
      changes: { body: { from: body.replace('[x]', '[ ]') } },
      sender: { login: 'mona', type: 'User' },
      ...over,
    });

    it('reads the boxes of a dashboard, on the word of who edited it', () => {
      expect(understandEvent('auto', event('issues', edited()), undefined)).toMatchObject({
        kind: 'ticks',
        trigger: { name: 'issues', actor: 'mona' },
        edit: { issue: 4, sender: 'mona', byApp: false },
      });
    });

    it.each([
      ['renovate[bot]', undefined],
      ['some-app', 'Bot'],
    ])('knows the app %s by its name or type', (login, type) => {
      const payload = edited({ sender: { login, ...(type ? { type } : {}) } });
      expect(understandEvent('auto', event('issues', payload), undefined)).toMatchObject({ edit: { byApp: true } });
    });

    it.each<[string, object]>([
      ['opened', edited({ action: 'opened' })],
      ['of a finding', edited({}, { body: body.replace('courier:dashboard', 'courier:finding F-0000000a') })],
      ['without a body', edited({}, { body: null })],
      ['that is a pull request', edited({}, { pull_request: {} })],
      ['without a sender', edited({ sender: undefined })],
    ])('does nothing about an issue %s', (_what, payload) => {
      expect(understandEvent('auto', event('issues', payload), undefined).kind).toBe('nothing');
    });
  });
});
