import { renderCommentMark } from '../findings/issue-markers.ts';
import type { LedgerChanges } from '../ledger/ledger.ts';
import type { Store } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { type Clock, isoTime } from '../lib/clock.ts';
import { ExternalError, messageOf, UserError } from '../lib/errors.ts';
import { randomBase32, sha256 } from '../lib/hash.ts';
import type { Gate } from '../publishing/gate.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import { renderFate } from '../runs/render-fate.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import { identityOf, type Recorded } from './record-session.ts';

export type FatePlace = {
  github: Pick<GitHub, 'issues' | 'comments'>;
  store: Store;
  remote: RemoteRepository;
  gate: Gate;
  clock: Clock;
};

// What is to be told may change while it is written: whoever writes looks again.
const mostRounds = 5;
// In milliseconds. Who writes and is silent for as long has died.
const tellingLasts = 5 * 60_000;

/**
 * Has an issue say what became of the pull request of its runs, in one comment that is edited as things go on. It may be called by anybody, as often
 * as one likes, and by several at once: one of them writes. Nothing is written where it says so already, and a comment that somebody deleted is not
 * written again.
 */
export async function tellFate(issue: number, place: FatePlace): Promise<void> {
  const holder = randomBase32(12);
  for (let round = 0; round < mostRounds; round++) {
    const text = await take(issue, holder, place);
    if (!text) return;
    try {
      await letGo(issue, { holder, comment: await say({ issue, ...text }, place), told: text.told }, place);
    } catch (error) {
      await letGo(issue, { holder }, place);
      throw error;
    }
  }
}

type Telling = { pull: number; comment: number | undefined; text: SafeText; told: string };

/** @returns what is to be said by this one. */
async function take(
  issue: number,
  holder: string,
  { store, remote, gate, clock }: FatePlace,
): Promise<Telling | undefined> {
  const context = { gate, url: remote.url, defaultBranch: remote.defaultBranch };
  const { decided } = await updateLedger(
    store,
    `#${issue}: what became of its pull request is being told`,
    async (ledger): Promise<LedgerChanges & { telling?: Telling }> => {
      const runs = await ledger.readRuns(issue);
      const pull = runs?.pullRequest;
      if (!pull) return {};
      const findings = ledger.findings.filter((finding) => finding.issue?.number === issue);
      const text = renderFate(runs, findings, context);
      const told = text && sha256(text);
      if (!text || !told || told === pull.told) return {};
      const { telling } = pull;
      if (telling && telling.holder !== holder && clock.now() - Date.parse(telling.at) < tellingLasts) return {};
      return {
        runs: { ...runs, pullRequest: { ...pull, telling: { holder, at: isoTime(clock.now()) } } },
        telling: { pull: pull.number, comment: pull.comment, text, told },
      };
    },
    identityOf(remote),
  );
  return decided.telling;
}

async function letGo(
  issue: number,
  { holder, comment, told }: { holder: string; comment?: number | undefined; told?: string },
  { store, remote }: FatePlace,
): Promise<void> {
  await updateLedger(
    store,
    `#${issue}: what became of its pull request is told`,
    async (ledger): Promise<LedgerChanges> => {
      const runs = await ledger.readRuns(issue);
      if (runs?.pullRequest?.telling?.holder !== holder) return {};
      const { telling: _, ...pull } = runs.pullRequest;
      const said = { ...(comment === undefined ? {} : { comment }), ...(told === undefined ? {} : { told }) };
      return { runs: { ...runs, pullRequest: { ...pull, ...said } } };
    },
    identityOf(remote),
  );
}

/** After a session that showed what came of merged repairs. @returns what went wrong, in a sentence. */
export async function tellRepairs(
  { store, session, applied }: Pick<Recorded, 'store' | 'session' | 'applied'>,
  remote: RemoteRepository | undefined,
  { github, gate, clock }: Pick<FatePlace, 'gate' | 'clock'> & { github: FatePlace['github'] | undefined },
): Promise<string | undefined> {
  if (!github || !remote || !store) return undefined;
  const looked = applied.findings.filter(
    ({ repair, lastCheck, lastSeen }) => repair && [lastCheck?.session, lastSeen.session].includes(session.id),
  );
  try {
    for (const issue of new Set(looked.flatMap((finding) => finding.issue?.number ?? [])))
      await tellFate(issue, { github, store, remote, gate, clock });
    return undefined;
  } catch (error) {
    if (!(error instanceof ExternalError || error instanceof UserError)) throw error;
    return `What came of a merged repair was not told: ${gate.plain(messageOf(error))}`;
  }
}

/** @returns the comment; `undefined` where there is none, and is to be none. */
async function say(
  { issue, pull, comment, text }: Omit<Telling, 'told'> & { issue: number },
  { github, gate }: FatePlace,
): Promise<number | undefined> {
  const mark = renderCommentMark(['run-pull', String(pull)], gate);
  const body = safe`${text}\n\n${mark}`;
  if (comment !== undefined) {
    await github.comments.edit(comment, body);
    return comment;
  }
  const there = (await github.issues.read([issue])).get(issue);
  if (!there || there.locked) return undefined;
  const { id, written } = await github.comments.ensure(issue, mark, body);
  if (!written) await github.comments.edit(id, body);
  return id;
}
