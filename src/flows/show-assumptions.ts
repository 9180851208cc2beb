import { permalink, placeText } from '../findings/permalink.ts';
import { type AssumptionRecord, textOf } from '../memory/assumption.ts';
import type { AssumptionView } from '../questions/render-assumptions.ts';
import { Session } from '../sessions/session.ts';
import type { PanelLook } from './panel-look.ts';
import type { PanelPlace } from './panel-place.ts';

/** The assumptions of a session as its panel shows them, with the addresses of the code that they rest on. */
export async function showAssumptions(
  look: PanelLook,
  { remote }: Pick<PanelPlace, 'remote'>,
): Promise<AssumptionView[]> {
  const commits = await readCommits(look);
  const serverUrl = remote.url.slice(0, -`/${remote.name}`.length);
  return look.assumed.told.map((record) => {
    const commit = commits.get(sourceOf(record)) ?? look.session.commit;
    const hosted = { serverUrl, repository: remote.name, commit };
    const places = record.evidence.map((each) => ({ text: placeText(each), address: permalink(each, hosted) }));
    return toView(record, places);
  });
}

/** The session whose agent brought the text; its evidence is code of the commit that it looked at. */
function sourceOf({ history, session }: AssumptionRecord): string {
  const said = history.findLast(({ what }) => what === 'proposed' || what === 'refined');
  return /^session (S\S{1,39})$/.exec(said?.from ?? '')?.[1] ?? session;
}

async function readCommits({ assumed, ledger, session }: PanelLook): Promise<ReadonlyMap<string, string>> {
  const others = new Set(assumed.told.map(sourceOf).filter((id) => id !== session.id));
  const found = await Promise.all([...others].slice(-20).map((id) => ledger.readSession(id, Session)));
  return new Map(
    found.flatMap((each) =>
      each && 'session' in each && each.session.commit !== undefined
        ? [[each.session.id, each.session.commit] as const]
        : [],
    ),
  );
}

function toView(record: AssumptionRecord, places: AssumptionView['places']): AssumptionView {
  const { id, revision, basis, confidence, state, reason, stale, text, correctedText } = record;
  const last = record.history.findLast(({ what }) => what === state || (what === 'approved' && state === 'corrected'));
  return {
    ...{ id, revision, text: textOf(record), basis, places, confidence, state, reason, stale: stale?.why },
    ...(last && { said: { by: last.by, at: last.at } }),
    ...(correctedText !== undefined && { before: text }),
  };
}
