import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { understandDelivery } from '../../src/events/understand-delivery.ts';

const from = {
  installation: { id: 5 },
  repository: { id: 3, full_name: 'acme/shop' },
  sender: { login: 'wanda', type: 'User' },
};
const comment = { body: 'Please\n/courier scan' };
const about = (issue: number, pullRequest: boolean, written?: number | string) => [
  {
    ...{ installation: 5, repository: { id: 3, name: 'acme/shop' } },
    event: { kind: 'comments', issue, pullRequest, ...(written && { comment: written }) },
  },
];

describe('what a delivery is about', () => {
  it('is the issue of a new comment', () => {
    const payload = { ...from, action: 'created', issue: { number: 7 }, comment: { ...comment, id: 12 } };
    expect(understandDelivery('issue_comment', payload)).toEqual(about(7, false, 12));
  });

  it('is a run that was dispatched, also by an app, when it begins and ends', () => {
    const run = { ...from, sender: { login: 'courier[bot]' }, workflow_run: { id: 9, event: 'workflow_dispatch' } };
    const event = { kind: 'run', run: 9 };
    const told = [{ installation: 5, repository: { id: 3, name: 'acme/shop' }, event }];
    expect(understandDelivery('workflow_run', { ...run, action: 'in_progress' })).toEqual(told);
    expect(understandDelivery('workflow_run', { ...run, action: 'completed' })).toEqual(told);
    expect(understandDelivery('workflow_run', { ...run, action: 'requested' })).toEqual([]);
    const ci = { ...run, action: 'completed', workflow_run: { id: 9, event: 'push' } };
    expect(understandDelivery('workflow_run', ci)).toEqual([]);
  });

  it('is what may ask to go on with a run: a review that wants changes, and checks of open pull requests that ended', () => {
    const told = [
      {
        installation: 5,
        repository: { id: 3, name: 'acme/shop' },
        event: { kind: 'continue', pullRequests: [7] },
      },
    ];
    const by = (login: string) => ({ ...from, sender: { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' } });
    const of = { pull_requests: [{ number: 7 }] };
    const suite = { action: 'completed', check_suite: { head_sha: 'a'.repeat(40), ...of } };
    for (const login of ['wanda', 'courier[bot]'])
      expect(understandDelivery('check_suite', { ...by(login), ...suite })).toEqual(told);
    const elsewhere = { action: 'completed', check_suite: { pull_requests: [] } };
    expect(understandDelivery('check_suite', { ...by('wanda'), ...elsewhere })).toEqual([]);
    const again = { ...suite, action: 'rerequested' };
    expect(understandDelivery('check_suite', { ...by('courier[bot]'), ...again })).toEqual([]);
    const run = { action: 'completed', workflow_run: { id: 9, event: 'pull_request', ...of } };
    expect(understandDelivery('workflow_run', { ...by('wanda'), ...run })).toEqual(told);
    const review = (state: string) => ({ action: 'submitted', pull_request: { number: 7 }, review: { id: 4, state } });
    expect(understandDelivery('pull_request_review', { ...by('wanda'), ...review('changes_requested') })).toEqual(told);
    expect(understandDelivery('pull_request_review', { ...by('wanda'), ...review('commented') })).toEqual([]);
    expect(understandDelivery('pull_request_review', { ...by('x[bot]'), ...review('changes_requested') })).toEqual([]);
  });

  it("is a person's click on a check run, by its button or GitHub's own", () => {
    const click = {
      ...from,
      action: 'requested_action',
      check_run: { id: 8 },
      requested_action: { identifier: 'stop' },
    };
    const told = (button: string) => [
      {
        installation: 5,
        repository: { id: 3, name: 'acme/shop' },
        event: { kind: 'click', check: 8, button, by: 'wanda' },
      },
    ];
    expect(understandDelivery('check_run', click)).toEqual(told('stop'));
    expect(understandDelivery('check_run', { ...click, action: 'rerequested' })).toEqual(told('rerun'));
    expect(understandDelivery('check_run', { ...click, action: 'completed' })).toEqual([]);
    expect(understandDelivery('check_run', { ...click, sender: { login: 'evil[bot]' } })).toEqual([]);
    expect(understandDelivery('check_run', { ...click, requested_action: { identifier: 'x'.repeat(21) } })).toEqual([]);
  });

  it("is a person's wish to have all checks of a commit run again, by GitHub's own button", () => {
    const suite = { ...from, action: 'rerequested', check_suite: { id: 4, head_sha: 'a'.repeat(40) } };
    const event = { kind: 'rerun-all', commit: 'a'.repeat(40), by: 'wanda' };
    expect(understandDelivery('check_suite', suite)).toEqual([
      { installation: 5, repository: { id: 3, name: 'acme/shop' }, event },
    ]);
    expect(understandDelivery('check_suite', { ...suite, action: 'requested' })).toEqual([]);
    expect(understandDelivery('check_suite', { ...suite, sender: { login: 'evil[bot]' } })).toEqual([]);
    expect(understandDelivery('check_suite', { ...suite, check_suite: { head_sha: 'main' } })).toEqual([]);
  });

  it('is the pull request of a comment, a review and a comment in a review', () => {
    const written = { comment: { ...comment, id: 13 } };
    const onIssue = { ...from, action: 'created', issue: { number: 7, pull_request: { url: 'x' } }, ...written };
    expect(understandDelivery('issue_comment', onIssue)).toEqual(about(7, true, 13));
    const inReview = { ...from, action: 'created', pull_request: { number: 7 }, ...written };
    expect(understandDelivery('pull_request_review_comment', inReview)).toEqual(about(7, true, 'review-comment-7-13'));
    const review = { ...from, action: 'submitted', pull_request: { number: 7 }, review: written.comment };
    expect(understandDelivery('pull_request_review', review)).toEqual(about(7, true, 'review-7-13'));
  });
});

describe('what somebody does to an issue', () => {
  const done = (action: string, over: object = {}) => ({ ...from, action, issue: { number: 7 }, ...over });
  const told = [{ installation: 5, repository: { id: 3, name: 'acme/shop' }, event: { kind: 'acts', issue: 7 } }];
  const stale = { sender: { login: 'stale[bot]', type: 'Bot' } };

  it.each([
    ...['closed', 'reopened', 'labeled', 'unlabeled', 'assigned', 'unassigned'],
    ...['locked', 'unlocked', 'transferred', 'deleted'],
  ])('is worth a look: %s', (action) => {
    expect(understandDelivery('issues', done(action))).toEqual(told);
  });

  it('is worth a look where it gets another title, not where its text changes', () => {
    expect(understandDelivery('issues', done('edited', { changes: { title: { from: 'x' } } }))).toEqual(told);
    expect(understandDelivery('issues', done('edited', { changes: { body: { from: 'x' } } }))).toEqual([]);
  });

  it('is worth none where it is opened, pinned, or moved to a milestone', () => {
    for (const action of ['opened', 'pinned', 'milestoned', 'typed', 'toString'])
      expect(understandDelivery('issues', done(action))).toEqual([]);
  });

  it('is worth a look where a stale bot closes it, not where apps set labels, as Courier does', () => {
    expect(understandDelivery('issues', done('closed', stale))).toEqual(told);
    expect(understandDelivery('issues', done('labeled', stale))).toEqual([]);
    expect(understandDelivery('issues', done('opened', stale))).toEqual([]);
  });
});

describe('nothing comes of', () => {
  const created = { ...from, action: 'created', issue: { number: 7 }, comment: { ...comment, id: 12 } };
  it.each([
    ['a bot', { ...created, sender: { login: 'evil', type: 'Bot' } }],
    ['a bot by its name', { ...created, sender: { login: 'courier[bot]' } }],
    [
      'an app that writes in the name of a person',
      { ...created, comment: { ...comment, id: 12, performed_via_github_app: {} } },
    ],
    ['a comment that was edited', { ...created, action: 'edited' }],
    ['a comment without a command', { ...created, comment: { id: 12, body: 'Fine.' } }],
    ['a comment without a text', { ...created, comment: { id: 12, body: null } }],
    ['no installation', { ...created, installation: undefined }],
    ['a repository that cannot be', { ...created, repository: { id: 3, full_name: 'acme/shop/../x' } }],
    ['an issue that cannot be', { ...created, issue: { number: -1 } }],
  ])('%s', (_, payload) => {
    expect(understandDelivery('issue_comment', payload)).toEqual([]);
  });

  it('events that are not known, also where their name is that of a method', () => {
    expect(understandDelivery('ping', created)).toEqual([]);
    expect(understandDelivery('toString', created)).toEqual([]);
    expect(understandDelivery('constructor', created)).toEqual([]);
  });

  it('any payload at all makes it throw', () => {
    const name = fc.constantFrom('issue_comment', 'pull_request_review', 'issues', 'workflow_run', 'installation');
    fc.assert(
      fc.property(name, fc.jsonValue(), (event, payload) => {
        expect(understandDelivery(event, payload)).toEqual([]);
      }),
    );
  });
});
