import { z } from 'zod';
import { deedsBetween, mayBePanel, type PanelDeed } from '../questions/panel-boxes.ts';

/**
 * Somebody edited a comment that holds boxes of a panel. Only the ledger knows whether it is one, and only GitHub what that person may do; what
 * they did is the difference that their edit made, so that it counts also where somebody else has written the comment anew since.
 */
export type PanelEdit = {
  issue: number;
  comment: number;
  url: string;
  sender: string;
  /** When it was edited (ISO). */
  at: string;
  /** None where the text alone was touched. */
  deeds: readonly PanelDeed[];
};

// Lenient: GitHub adds fields as it likes; only these matter here.
const Edited = z.object({
  action: z.literal('edited'),
  issue: z.object({ number: z.number().int().positive() }),
  comment: z.object({
    id: z.number().int().positive(),
    body: z.string(),
    html_url: z.string(),
    updated_at: z.string().refine((time) => Number.isFinite(Date.parse(time))),
  }),
  changes: z.object({ body: z.object({ from: z.string() }) }),
  sender: z.object({ login: z.string().min(1), type: z.string().optional() }),
});

/** `undefined` for all other events on comments, and for what apps did, Courier itself among them. */
export function understandPanelEdit(payload: unknown): PanelEdit | undefined {
  const edited = Edited.safeParse(payload).data;
  if (!edited) return undefined;
  const { issue, comment, changes, sender } = edited;
  const { from } = changes.body;
  if (sender.type === 'Bot' || sender.login.endsWith('[bot]')) return undefined;
  if (!mayBePanel(from) && !mayBePanel(comment.body)) return undefined;
  return {
    issue: issue.number,
    comment: comment.id,
    url: comment.html_url,
    sender: sender.login,
    at: comment.updated_at,
    deeds: deedsBetween(from, comment.body),
  };
}
