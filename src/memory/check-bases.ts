import { quoteStands } from '../findings/quote-stands.ts';
import { truncate } from '../lib/text.ts';
import type { AssumptionRecord, Said } from './assumption.ts';
import { findAssumption, type Memory, withAssumptions } from './memory.ts';

/** What became of the code that an assumption rests on. `changed` says what is not there any more; absent: all of it is. */
export type Basis = { session: string; id: string; changed?: string | undefined };

/** What stood where an approved or corrected assumption quotes code: compared with the files as they are. */
export async function checkBases(
  { assumptions }: Pick<Memory, 'assumptions'>,
  readText: (path: string) => Promise<string | undefined>,
): Promise<Basis[]> {
  const resting = assumptions.filter(
    ({ state, evidence }) => evidence.length > 0 && (state === 'approved' || state === 'corrected'),
  );
  return Promise.all(
    resting.map(async ({ session, id, evidence }) => {
      const changed = (await Promise.all(evidence.map((one) => changeOf(one, readText)))).filter(
        (change) => change !== undefined,
      );
      return {
        session,
        id,
        ...(changed.length > 0 ? { changed: truncate([...new Set(changed)].join('; '), 500) } : {}),
      };
    }),
  );
}

async function changeOf(
  { path, quote }: AssumptionRecord['evidence'][number],
  readText: (path: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  const text = await readText(path);
  if (text === undefined) return `${path} is gone`;
  return quoteStands(quote, text) === false ? `${path} does not say any more what it rests on` : undefined;
}

/** The memory with what was found: what rests on other code than it did is to be looked at again, and not any more where the code is back. */
export function withBases(memory: Memory, bases: readonly Basis[], said: Said): Memory {
  const changed = bases.flatMap(({ session, id, changed: why }): AssumptionRecord[] => {
    const record = findAssumption(memory, { session, id });
    const holds = record?.state === 'approved' || record?.state === 'corrected';
    if (!record || !holds || (record.stale !== undefined) === (why !== undefined)) return [];
    const { stale: _, ...rest } = record;
    const what = why === undefined ? 'fresh' : 'stale';
    const entry = { ...said, what, revision: record.revision, ...(why === undefined ? {} : { text: why }) } as const;
    const history = [...record.history, entry];
    return [why === undefined ? { ...rest, history } : { ...rest, history, stale: { at: said.at, why } }];
  });
  return withAssumptions(memory, changed);
}
