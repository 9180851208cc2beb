import { findManagedBlock, renderManagedBlock, replaceManagedBlock } from '../findings/issue-markers.ts';
import type { LedgerChanges } from '../ledger/ledger.ts';
import type { IssueRuns, Offer } from '../ledger/runs-record.ts';
import type { Store } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import { toReport } from '../runs/offer.ts';
import { withFate } from '../runs/pull-fate.ts';
import { titlePullRequest } from '../runs/pull-request-title.ts';
import { type BaseNews, sayBase } from '../runs/render-base.ts';
import { fillTemplate, type RunReport, renderPullRequest } from '../runs/render-pull-request.ts';
import { bringBase } from './bring-base.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import type { Ports } from './ports.ts';
import type { Obstacle } from './pull-request-ports.ts';
import { identityOf } from './record-session.ts';

export type RunPullPlace = {
  github: Pick<GitHub, 'branches' | 'pullRequests' | 'issues' | 'readFile' | 'self'>;
  store: Store;
  remote: RemoteRepository;
  gate: Gate;
  clock: Ports['clock'];
};

/** What there is now; without a pull request the notes say why, and where one can be opened. */
export type OpenedRun = { pullRequest?: { number: number; url: string }; notes: string[] };

/**
 * The draft pull request of an issue's runs: the one that is open, with what the newest run says, or a new one. People's words in it stay. It may be
 * repeated: there is one branch, and one pull request.
 */
export async function openRunPull(runs: IssueRuns & { offer: Offer }, place: RunPullPlace): Promise<OpenedRun> {
  const { news, head: merged } = await bringBase(runs, place.github.branches);
  const opened = await openOrUpdate({ ...runs, news }, place);
  const { pullRequest } = opened;
  await updateLedger(
    place.store,
    `#${runs.issue}: the pull request of its runs`,
    async (ledger): Promise<LedgerChanges> => {
      const now = await ledger.readRuns(runs.issue);
      return now ? { runs: withOpened(now, runs, { pullRequest, merged }) } : {};
    },
    identityOf(place.remote),
  );
  return { ...opened, notes: [...opened.notes, ...sayBase(news, place.gate)] };
}

/** `merged`: the branch's head where what is new in the base was brought in. */
function withOpened(
  { offer, overlaps: _, ...now }: IssueRuns,
  { offer: { commit, held } }: { offer: Offer },
  { pullRequest, merged }: { pullRequest: OpenedRun['pullRequest'] | undefined; merged: string | undefined },
): IssueRuns {
  const isNewest = offer?.commit === commit;
  const head = merged ?? (held ? commit : undefined);
  const kept = offer && !isNewest ? { ...now, offer } : { ...now, ...(isNewest && head !== undefined && { head }) };
  // Of other work nothing is said in what was written now.
  return pullRequest ? withOpen(kept, pullRequest) : kept;
}

type Opening = IssueRuns & { offer: Offer; news: BaseNews | undefined };

/** It is open now; what is known of it besides stays. */
function withOpen(runs: IssueRuns, pull: { number: number; url: string }): IssueRuns {
  const { pullRequest: known } = runs;
  if (known?.number !== pull.number) return { ...runs, pullRequest: { ...pull, state: 'open' } };
  const seen = { number: pull.number, isOpen: true, base: runs.base, merged: undefined };
  return withFate({ ...runs, pullRequest: { ...known, ...pull } }, seen, { at: '', title: '' });
}

async function openOrUpdate(runs: Opening, place: RunPullPlace): Promise<OpenedRun> {
  const open = await findOpen(runs, place);
  if (open) return update(open, runs, place);
  const pull = await compose(runs, place);
  const made = await place.github.pullRequests.create({ ...pull, draft: true });
  if (!('obstacle' in made)) return { pullRequest: made, notes: [] };
  if (made.obstacle === 'no-drafts') {
    const title = safe`[draft] ${pull.title}`;
    const ordinary = await place.github.pullRequests.create({ ...pull, title, draft: false });
    if (!('obstacle' in ordinary))
      return { pullRequest: ordinary, notes: [`${made.why} Its title says that it is one.`] };
    return without(ordinary, runs, place);
  }
  // Somebody else was faster, in the same moment.
  const other = made.obstacle === 'exists' ? await findOpen(runs, place) : undefined;
  return other ? update(other, runs, place) : without(made, runs, place);
}

type Open = { number: number; url: string; body: string };

async function findOpen({ branch }: IssueRuns, { github }: RunPullPlace): Promise<Open | undefined> {
  const pulls = await github.pullRequests.listFrom(branch);
  return pulls.find(({ isOpen }) => isOpen);
}

function without({ why }: Obstacle, { branch, base }: IssueRuns, { remote }: RunPullPlace): OpenedRun {
  const link = `${remote.url}/compare/${encodeURI(base)}...${encodeURI(branch)}?expand=1`;
  return {
    notes: [`The branch ${branch} is pushed, and there is no pull request. ${why} It can be opened at ${link}.`],
  };
}

const longestRest = 50_000;

function reportOf({ offer, news, past = [] }: Pick<Opening, 'offer' | 'news' | 'past'>): RunReport {
  return { ...toReport(offer), base: news, past: past.filter(({ session }) => session !== offer.session) };
}

async function compose(
  { issue, branch, base, ...opening }: Opening,
  { github, gate }: RunPullPlace,
): Promise<{ head: string; base: string; title: SafeText; body: SafeText }> {
  const { offer } = opening;
  const snapshot = (await github.issues.read([issue])).get(issue);
  const subjects = await github.branches.subjects(offer.from);
  const title = titlePullRequest(snapshot?.title ?? `Issue ${issue}`, { subjects, kind: offer.kind });
  const { lead, rest } = renderPullRequest(reportOf(opening), gate);
  const managed = renderManagedBlock(`session ${offer.session}`, gate.body(rest, longestRest), gate);
  const body = fillTemplate({ lead, rest: managed }, await readTemplate(base, github), gate);
  return { head: branch, base, title: gate.title(title), body };
}

/** What the newest run says takes the place of what the one before said; where somebody took that away, nothing is written. */
async function update(
  { number, url, body }: Open,
  opening: Opening,
  { github, gate }: RunPullPlace,
): Promise<OpenedRun> {
  const pullRequest = { number, url };
  if (!findManagedBlock(body))
    return {
      pullRequest,
      notes: [`The description of #${number} was left as it is: what Courier wrote there is gone.`],
    };
  const { next, rest } = renderPullRequest(reportOf(opening), gate);
  const said = gate.body(joinSafe([next, rest], safe`\n\n`), longestRest);
  const managed = renderManagedBlock(`session ${opening.offer.session}`, said, gate);
  const updated = await github.pullRequests.update(number, { body: replaceManagedBlock(body, managed, gate) });
  return { pullRequest, notes: updated === 'updated' ? [] : [updated.why] };
}

const templates = ['.github/', '', 'docs/'].flatMap((folder) =>
  ['pull_request_template.md', 'PULL_REQUEST_TEMPLATE.md'].map((name) => `${folder}${name}`),
);

/** As GitHub finds it. */
async function readTemplate(base: string, github: RunPullPlace['github']): Promise<string | undefined> {
  for (const path of templates) {
    const text = await github.readFile(path, base);
    if (text !== undefined) return text;
  }
  return undefined;
}
