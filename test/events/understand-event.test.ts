import { describe, expect, it } from 'vitest';
import { understandEvent } from '../../src/events/understand-event.ts';
import { UserError } from '../../src/lib/errors.ts';

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

  it.each(['issue_comment', 'issues', 'pull_request_review'])(
    'says that %s is not offered yet instead of doing nothing',
    (name) => {
      expect(() => understandEvent('auto', event(name), undefined)).toThrow(UserError);
    },
  );

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
      ['whose title was edited', edited({ changes: { title: { from: 'x' } } })],
      ['of a finding', edited({}, { body: body.replace('courier:dashboard', 'courier:finding F-0000000a') })],
      ['without a body', edited({}, { body: null })],
      ['that is a pull request', edited({}, { pull_request: {} })],
      ['without a sender', edited({ sender: undefined })],
    ])('says that an issue %s is not offered yet', (_what, payload) => {
      expect(() => understandEvent('auto', event('issues', payload), undefined)).toThrow(/Commands on issues/);
    });
  });
});
