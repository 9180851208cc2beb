import { z } from 'zod';
import type { CommentSnapshot } from '../../flows/github-ports.ts';

const Comment = z.object({
  id: z.number().int().positive(),
  body: z.string().nullish(),
  user: z.object({ login: z.string(), type: z.string().optional() }).nullish(),
  performed_via_github_app: z.object({ slug: z.string().optional() }).nullish(),
  created_at: z.string(),
  updated_at: z.string(),
  html_url: z.string(),
});

export function toSnapshot(value: unknown): CommentSnapshot {
  const { id, body, user, performed_via_github_app: via, created_at, updated_at, html_url } = Comment.parse(value);
  const isPerson = user?.type === 'User' && !user.login.endsWith('[bot]') && !via;
  return {
    id,
    body: body ?? '',
    author: user?.login,
    by: isPerson ? 'person' : 'app',
    createdAt: created_at,
    updatedAt: updated_at,
    url: html_url,
  };
}
