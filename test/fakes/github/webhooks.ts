import { createHmac, randomUUID } from 'node:crypto';
import { lag } from '../lag.ts';
import { commentJson, issueJson, type Json, personJson, repositoryInPayload, runJson } from './json.ts';
import { pullJson, reviewCommentJson, reviewJson } from './pull-json.ts';
import type { StoredReview, StoredReviewComment } from './pull-state.ts';
import { nextId, type Person, type StoredComment, type StoredIssue, type StoredRun } from './state.ts';

/** What GitHub sent, or would have sent, to the app. */
export type Delivery = {
  id: number;
  /** `X-GitHub-Delivery`; the same when it is sent again. */
  guid: string;
  event: string;
  action: string;
  payload: string;
  deliveredAt: string;
  redelivery: boolean;
  /** Of the last attempt: the answer's status, 0 without one; `undefined` while none was made. */
  status: number | undefined;
};

export type WebhookSeed = {
  /** Where deliveries go, in turns where there are several; nowhere where there is none: they are only kept. */
  url?: string | readonly string[];
  secret: string;
  /** The app's installation, in each payload. */
  installation: number;
};

type Happening = Json & { who: Person };

/**
 * Deliveries as GitHub makes them: signed, in the order of what happened, each with an id of its own; a failed one is not repeated but kept,
 * to be looked up and sent again. Without a seed nothing is recorded.
 */
export type Webhooks = ReturnType<typeof createWebhooks>;

export function createWebhooks(seed: WebhookSeed | undefined) {
  const deliveries: Delivery[] = [];
  const target = { urls: [seed?.url ?? []].flat(), secret: seed?.secret ?? '', sent: 0 };
  let queue: Promise<unknown> = Promise.resolve();
  const underWay = new Set<Delivery>();

  async function attempt(delivery: Delivery, url: string): Promise<number> {
    underWay.add(delivery);
    const signature = createHmac('sha256', target.secret).update(delivery.payload).digest('hex');
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/double',
      'x-github-event': delivery.event,
      'x-github-delivery': delivery.guid,
      'x-hub-signature-256': `sha256=${signature}`,
      'x-github-hook-installation-target-type': 'integration',
      // One that was used before may just be being ended at its other end.
      connection: 'close',
    };
    await lag('hooks');
    try {
      const signal = AbortSignal.timeout(60_000);
      const response = await fetch(url, { method: 'POST', headers, body: delivery.payload, signal });
      await response.arrayBuffer();
      delivery.status = response.status;
    } catch {
      delivery.status = 0;
    }
    underWay.delete(delivery);
    return delivery.status;
  }

  /** Sends a delivery, now. @returns the answer's status, 0 without one. */
  function send(delivery: Delivery, url = target.urls[target.sent++ % Math.max(1, target.urls.length)]) {
    return url === undefined ? Promise.resolve(0) : attempt(delivery, url);
  }

  function enqueue(delivery: Delivery): void {
    underWay.add(delivery);
    queue = queue.then(() => send(delivery)).finally(() => underWay.delete(delivery));
  }

  function emit(event: string, payload: { action: string } & Record<string, unknown>): void {
    if (!seed) return;
    const delivery: Delivery = {
      ...{ id: nextId(), guid: randomUUID(), event, action: payload.action, redelivery: false, status: undefined },
      payload: JSON.stringify({ ...payload, installation: { id: seed.installation } }),
      deliveredAt: new Date().toISOString(),
    };
    deliveries.push(delivery);
    if (target.urls.length > 0) enqueue(delivery);
  }

  function redeliver(delivery: Delivery): void {
    const again = { ...delivery, id: nextId(), redelivery: true, deliveredAt: new Date().toISOString() };
    deliveries.push(again);
    // It waits for none of the others: a log that is read while it waits would have it asked for once more.
    underWay.add(again);
    queue = Promise.all([queue, send(again).finally(() => underWay.delete(again))]);
  }

  const common = ({ who, repository, apiUrl, serverUrl }: Happening) => ({
    sender: personJson(who),
    repository: repositoryInPayload({ repository, apiUrl, serverUrl }),
  });

  return {
    deliveries,
    /** Those that the log of deliveries shows: what is under way comes into it at its end. */
    logged: (): Delivery[] => deliveries.filter((delivery) => !underWay.has(delivery)),
    emit,
    send,
    /** They are on their way from now on: no log shows them before they are sent, or lost. */
    hold: (held: readonly Delivery[]): void => {
      for (const delivery of held) underWay.add(delivery);
    },
    /** They never arrive. */
    lose: (lost: readonly Delivery[]): void => {
      for (const delivery of lost) underWay.delete(delivery);
    },
    redeliver,
    /** Where deliveries go from now on. */
    sendTo(url: string | readonly string[]): void {
      target.urls = [url].flat();
    },
    /** When all that was emitted has been sent. */
    settled: async (): Promise<void> => void (await queue),
    comment(
      action: 'created' | 'edited' | 'deleted',
      happening: Happening & { issue: StoredIssue; comment: StoredComment; from?: string },
    ): void {
      const { issue, comment, from } = happening;
      emit('issue_comment', {
        action,
        issue: issueJson(happening, issue),
        comment: commentJson(happening, issue, comment),
        ...(from === undefined ? {} : { changes: { body: { from } } }),
        ...common(happening),
      });
    },
    issue(action: string, happening: Happening & { issue: StoredIssue; changes?: object; label?: string }): void {
      const { issue, changes, label } = happening;
      emit('issues', {
        action,
        issue: issueJson(happening, issue),
        ...(changes && { changes }),
        ...(label === undefined ? {} : { label: { name: label } }),
        ...common(happening),
      });
    },
    pull(action: 'opened' | 'closed' | 'reopened', happening: Happening & { issue: StoredIssue }): void {
      emit('pull_request', { action, pull_request: pullJson(happening, happening.issue), ...common(happening) });
    },
    review(
      action: 'submitted' | 'dismissed',
      { issue, review, ...happening }: Happening & { issue: StoredIssue; review: StoredReview },
    ): void {
      // Payloads name the state in small letters, answers in capitals.
      const shown = { ...reviewJson(happening, issue, review), state: review.state.toLowerCase() };
      const about = { review: shown, pull_request: pullJson(happening, issue) };
      emit('pull_request_review', { action, ...about, ...common(happening) });
    },
    reviewComment(
      action: 'created',
      { issue, comment, ...happening }: Happening & { issue: StoredIssue; comment: StoredReviewComment },
    ): void {
      const about = { comment: reviewCommentJson(happening, issue, comment), pull_request: pullJson(happening, issue) };
      emit('pull_request_review_comment', { action, ...about, ...common(happening) });
    },
    run(action: 'requested' | 'in_progress' | 'completed', happening: Happening & { run: StoredRun }): void {
      emit('workflow_run', { action, workflow_run: runJson(happening, happening.run), ...common(happening) });
    },
    checkRun(action: string, happening: Happening & { checkRun: object; requested?: string }): void {
      const { checkRun, requested } = happening;
      const requested_action = requested === undefined ? {} : { requested_action: { identifier: requested } };
      emit('check_run', { action, check_run: checkRun, ...requested_action, ...common(happening) });
    },
    checkSuite(action: 'completed', { suite, ...happening }: Happening & { suite: object }): void {
      emit('check_suite', { action, check_suite: suite, ...common(happening) });
    },
    installation(
      action: 'created' | 'deleted',
      { who, repositories }: { who: Person; repositories: readonly Json[] },
    ): void {
      const account = personJson({ login: repositories[0]?.repository.owner ?? who.login, type: 'User' });
      const listed = repositories.map(({ repository }) => ({
        id: repository.id,
        name: repository.name,
        full_name: repository.fullName,
      }));
      emit('installation', { action, account, repositories: listed, sender: personJson(who) });
    },
  };
}
