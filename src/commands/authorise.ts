import type { Configuration } from '../config/schema.ts';
import type { CommentKey } from '../events/comment-key.ts';
import { isAtLeast, type Role } from '../events/role.ts';
import { sha256 } from '../lib/hash.ts';
import type { CommentSnapshot } from './comment.ts';
import { type CommandSpec, type Place, registry } from './registry.ts';
import type { Verb } from './verbs.ts';

/** What GitHub says about a person now, or that it could not be asked. */
export type Standing = { role: Role } | { unknown: string };

/**
 * `allowed`; `refused`, with the rest of the sentence that begins with who asked; `unheard`: answered by a reaction only; `ignored`: nothing
 * at all.
 */
export type Verdict =
  | { kind: 'allowed'; role: Role }
  | { kind: 'refused'; why: string }
  | { kind: 'unheard' }
  | { kind: 'ignored' };

export type Asked = {
  verb: Verb;
  comment: CommentSnapshot;
  place: Place;
  standing: Standing;
  permissions: Configuration['permissions'];
  visibility: 'public' | 'private' | 'internal';
};

/** The least role of a command: the configuration's where it has a word for it, and then never less than triage. */
export function roleNeeded(verb: Verb, permissions: Configuration['permissions']): Role {
  const { needs, by }: CommandSpec = registry[verb];
  if (by === undefined) return needs;
  return isAtLeast(permissions[by], 'triage') ? permissions[by] : 'triage';
}

/** Whether somebody spoke for themself: apps, Courier's own identity and whoever has no account any more do not. */
export function isHeard({ author, by }: CommentSnapshot, self: string): boolean {
  return by === 'person' && author !== undefined && author.toLowerCase() !== self.toLowerCase();
}

/**
 * Whether a command is followed. What counts is the role of the person who wrote the comment, as GitHub tells it at this moment: neither the
 * payload's `author_association` nor any text. A comment that was edited before it was read may be somebody else's words, so that it can ask for
 * nothing but what everybody may.
 */
export function authorise({ verb, comment, place, standing, permissions, visibility }: Asked): Verdict {
  if ('unknown' in standing)
    return {
      kind: 'refused',
      why: `what you may do here could not be looked up (${standing.unknown}); nothing was done`,
    };
  const { role } = standing;
  if (visibility === 'public' && !isAtLeast(role, 'triage')) return { kind: 'unheard' };
  const { where }: CommandSpec = registry[verb];
  const needed = roleNeeded(verb, permissions);
  if (!isAtLeast(role, needed))
    return { kind: 'refused', why: `\`${verb}\` needs the role ${needed} in this repository, and yours is ${role}` };
  if (isEdited(comment) && isAtLeast(needed, 'triage'))
    return {
      kind: 'refused',
      why: 'the comment was edited before it was read, and others may edit comments: write it anew',
    };
  if (!where.includes(place))
    return { kind: 'refused', why: `\`${verb}\` works on ${render(where)}, not on ${names[place]}` };
  return { kind: 'allowed', role };
}

export function isEdited({ createdAt, updatedAt }: Pick<CommentSnapshot, 'createdAt' | 'updatedAt'>): boolean {
  return Date.parse(updatedAt) > Date.parse(createdAt);
}

const names = {
  issue: 'an issue that people wrote',
  finding: "a finding's issue",
  session: "a session's issue",
  'pull-request': 'a pull request',
  dashboard: 'the dashboard',
} as const satisfies Record<Place, string>;

function render(where: readonly Place[]): string {
  const all = where.map((place) => names[place]);
  return all.length < 2 ? all.join() : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/**
 * What an admitted command stands for: these words, by this person. Whoever acts on it later compares all of it with what is there then, as a
 * comment may be edited, a branch may move and a role may be taken away in between.
 */
export type Mandate = {
  comment: CommentKey;
  by: string;
  /** SHA-256 of the comment's text. */
  digest: string;
  /** The commit that it is about, where there is one. */
  head?: string | undefined;
};

export function toMandate({ id, author = '', body }: CommentSnapshot, head?: string): Mandate {
  return { comment: id, by: author, digest: sha256(body), ...(head === undefined ? {} : { head }) };
}

/** Why a mandate is none any more, as a sentence; `undefined` while it stands. */
export function whyVoid(
  mandate: Mandate,
  now: { comment: CommentSnapshot | undefined; head?: string | undefined },
): string | undefined {
  const { comment, head } = now;
  if (!comment || comment.id !== mandate.comment) return 'The comment was deleted.';
  if (comment.by !== 'person' || comment.author?.toLowerCase() !== mandate.by.toLowerCase())
    return 'The comment is not by the person who asked.';
  if (sha256(comment.body) !== mandate.digest) return 'The comment was edited.';
  return whyMoved(mandate.head, head);
}

/** Why what was asked for at a commit (`undefined`: at none) is not done at another, as a sentence. */
export function whyMoved(asked: string | undefined, head: string | undefined): string | undefined {
  if (asked === undefined || head === asked) return undefined;
  return `The branch has moved on from ${asked.slice(0, 7)}, which was asked for: ask again.`;
}
