import { oneLine, truncate } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import { renderBox } from './panel-boxes.ts';

/** An assumption as people are shown it. */
export type AssumptionView = {
  id: string;
  revision: number;
  /** What holds, where it was corrected: the person's words. */
  text: string;
  basis?: string | undefined;
  /** Code that it rests on, with the address where it stays as it is. */
  places: readonly { text: string; address: string | undefined }[];
  confidence?: number | undefined;
  state: 'proposed' | 'approved' | 'corrected' | 'declined' | 'superseded';
  /** Whose word that is, and when. */
  said?: { by: string; at: string } | undefined;
  /** Why it was declined, or stands for nothing any more. */
  reason?: string | undefined;
  /** The agent's words, where a person's stand in their place. */
  before?: string | undefined;
  /** Why it is to be looked at again. */
  stale?: string | undefined;
};

type Detail = { text: number; basis: number; places: number };
// Longest texts to try until all of it fits.
const shortest: Detail = { text: 240, basis: 0, places: 1 };
const details: readonly Detail[] = [
  { text: 4000, basis: 2000, places: 8 },
  { text: 1000, basis: 400, places: 3 },
  shortest,
];
const gap = safe`\n\n`;

/** What people are to decide on, each with its boxes; nothing where nothing was assumed. `room`: characters that it may take. */
export function renderAssumptions(
  views: readonly AssumptionView[],
  { gate, room }: { gate: Gate; room: number },
): SafeText | undefined {
  if (views.length === 0) return undefined;
  const living = views.filter(isLiving);
  for (const detail of details) {
    const shown = takeFitting(living, views, { gate, detail, room });
    if (shown.length === living.length) return renderAll(shown, views, { gate, detail });
  }
  // Where not even the shortest texts fit: those that nobody decided on first.
  const urgent = living.toSorted((a, b) => rank(a) - rank(b));
  const taken = new Set(takeFitting(urgent, views, { gate, detail: shortest, room }));
  return renderAll(
    living.filter((view) => taken.has(view)),
    views,
    { gate, detail: shortest },
  );
}

function isLiving({ state }: AssumptionView): boolean {
  return state !== 'superseded';
}

/** As many as there is room for; the frame is measured with all of them left out, when it is longest. */
function takeFitting(
  living: readonly AssumptionView[],
  all: readonly AssumptionView[],
  { room, ...at }: At & { room: number },
): AssumptionView[] {
  let left = room - renderAll([], all, at).length;
  const taken: AssumptionView[] = [];
  for (const view of living) {
    left -= renderOne(view, at).length + gap.length;
    if (left < 0) break;
    taken.push(view);
  }
  return taken;
}

function rank({ state }: AssumptionView): number {
  return state === 'proposed' ? 0 : 1;
}

type At = { gate: Gate; detail: Detail };

function renderAll(shown: readonly AssumptionView[], all: readonly AssumptionView[], { gate, detail }: At): SafeText {
  const living = all.filter(isLiving);
  const decided = living.filter(({ state }) => state !== 'proposed').length;
  const left = living.filter((view) => !shown.includes(view));
  const ids = gate.inline(truncate(left.map(({ id }) => id).join(', '), 600));
  return joinSafe(
    [
      safe`### ${decided} of ${living.length} assumptions reviewed`,
      living.length === 0
        ? undefined
        : safe`How the work went on without an answer. Approve or decline each; \`/courier correct A1: your words\` puts one right, and \`/courier decline A2 the reason\` says why. That takes the role write, or what \`permissions.approve\` asks for. Later sessions are told what holds, and what not to assume.`,
      ...shown.map((view) => renderOne(view, { gate, detail })),
      left.length > 0
        ? safe`**${left.length} more have no room in this comment:** ${ids}. They are shown as others are decided on; commands work now.`
        : undefined,
      renderSuperseded(all, gate),
    ],
    gap,
  );
}

function renderOne(view: AssumptionView, { gate, detail }: At): SafeText {
  const { id, revision, text, basis, confidence, places, state, stale } = view;
  const boxes = (['approve', 'decline'] as const).map((verdict) => {
    const ticked = verdict === 'approve' ? state === 'approved' || state === 'corrected' : state === 'declined';
    return renderBox({ kind: 'review', assumption: id, revision, verdict, ticked }, gate);
  });
  const links = places.slice(0, detail.places).map(({ text: place, address }) => {
    const name = gate.codeSpan(place);
    return address === undefined ? name : gate.link(name, address);
  });
  const more =
    places.length > links.length && links.length > 0 ? safe` and ${places.length - links.length} more` : safe``;
  const sure = confidence === undefined ? undefined : safe`confidence ${Math.round(confidence * 100)} %`;
  const why = basis === undefined || detail.basis === 0 ? undefined : truncate(oneLine(basis), detail.basis);
  return joinSafe(
    [
      joinSafe([safe`#### ${gate.inline(id)}`, sure], safe` · `),
      gate.block(truncate(text, detail.text)),
      why === undefined ? undefined : safe`Basis: ${gate.inline(why)}`,
      links.length > 0 ? safe`In ${joinSafe(links, safe`, `)}${more}` : undefined,
      stale === undefined ? undefined : safe`**Look at it again:** ${gate.inline(truncate(oneLine(stale), 400))}`,
      joinSafe(boxes, safe`\n`),
      renderStand(view, { gate, detail }),
    ],
    gap,
  );
}

const words = {
  approved: safe`Approved`,
  corrected: safe`Corrected`,
  declined: safe`Declined`,
} as const;

function renderStand({ state, said, reason, before }: AssumptionView, { gate, detail }: At): SafeText | undefined {
  if (state === 'proposed' || state === 'superseded') return undefined;
  const by = said === undefined ? safe`` : safe` by ${gate.inline(said.by)}, ${gate.inline(said.at)}`;
  const more = state === 'declined' ? reason : before;
  const told = more === undefined ? safe`` : gate.inline(truncate(oneLine(more), Math.min(detail.text, 600)));
  if (more === undefined) return safe`_${words[state]}${by}._`;
  return state === 'declined' ? safe`_Declined${by}:_ ${told}` : safe`_Corrected${by}._ Before: ${told}`;
}

/** What stands for nothing any more is only named. */
function renderSuperseded(all: readonly AssumptionView[], gate: Gate): SafeText | undefined {
  const gone = all.filter(({ state }) => state === 'superseded');
  if (gone.length === 0) return undefined;
  const items = gone.slice(0, 20).map(({ id, reason }) => {
    const why = reason === undefined ? safe`` : safe` (${gate.inline(truncate(oneLine(reason), 120))})`;
    return safe`${gate.inline(id)}${why}`;
  });
  const more = gone.length > items.length ? safe` and ${gone.length - items.length} more` : safe``;
  return safe`Not assumed any more: ${joinSafe(items, safe`, `)}${more}.`;
}
