import { type Closer, nextId, type Person, type StoredComment, type StoredIssue } from './state.ts';

// What people and apps do to issues, with its trace in the timeline.

/** In whole seconds, as all of GitHub's times are. */
export const now = () => `${new Date().toISOString().slice(0, 19)}Z`;

type Closing = {
  reason?: 'completed' | 'not_planned' | 'duplicate';
  at?: string;
  closer?: Closer;
  /** With `duplicate`: the number of the issue that it duplicates. */
  canonical?: number;
};

export function closeIssue(issue: StoredIssue, actor: Person, closing: Closing = {}): void {
  const { reason = 'completed', at = now(), closer, canonical } = closing;
  const who = { login: actor.login, type: actor.type };
  if (canonical !== undefined) issue.events.push({ kind: 'duplicate', at, actor: who, canonical });
  issue.events.push({ kind: 'closed', at, actor: who, closer });
  Object.assign(issue, { state: 'closed', stateReason: reason, closedBy: who, closedAt: at, updatedAt: at });
}

export function reopenIssue(issue: StoredIssue, actor: Person, at = now()): void {
  issue.events.push({ kind: 'reopened', at, actor: { login: actor.login, type: actor.type } });
  const open = { state: 'open', stateReason: 'reopened', closedBy: undefined, closedAt: undefined } as const;
  Object.assign(issue, { ...open, updatedAt: at });
}

export function labelIssue(issue: StoredIssue, label: string, actor: Person, at = now()): void {
  if (issue.labels.includes(label)) return;
  issue.labels.push(label);
  issue.events.push({ kind: 'labeled', at, actor: { login: actor.login, type: actor.type }, label });
}

export function unlabelIssue(issue: StoredIssue, label: string): void {
  issue.labels = issue.labels.filter((name) => name !== label);
}

export function addComment(
  issue: StoredIssue,
  { login, type }: Person,
  body: string,
  more: { at?: string; viaApp?: string } = {},
): StoredComment {
  const at = more.at ?? now();
  const written = { id: nextId(), body, author: { login, type }, createdAt: at, updatedAt: at, reactions: [] };
  const comment: StoredComment = { ...written, ...(more.viaApp === undefined ? {} : { viaApp: more.viaApp }) };
  issue.comments.push(comment);
  return comment;
}

/** @param content as REST spells it: `+1`, `-1`, `heart` … */
export function react(on: StoredIssue | StoredComment, { login, type }: Person, content: string, at = now()): void {
  on.reactions.push({ id: nextId(), content, author: { login, type }, at });
}

export function unreact(on: StoredIssue | StoredComment, { login }: Person): void {
  on.reactions = on.reactions.filter(({ author }) => author.login !== login);
}

export function editComment(comment: StoredComment, body: string, at = now()): void {
  comment.body = body;
  comment.updatedAt = at;
}
