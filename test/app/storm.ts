import { expect } from 'vitest';
import { createRandom } from '../bench/random.ts';
import { addIssue, type StoredComment } from '../fakes/github/state.ts';
import type { Delivery } from '../fakes/github/webhooks.ts';
import { aFinding } from '../findings/issue-builders.ts';
import { pick } from '../soak/rounds.ts';
import { type AppGitHub, aGitHubWithApp, shop } from './app-bed.ts';
import { findingsOf, seedLedger } from './ledger-bed.ts';
import { asProcesses, inThisProcess } from './replicas.ts';

type Storm = {
  seed: number;
  /** What GitHub sends, those included that it sends twice and those that never arrive. */
  deliveries: number;
  repositories: number;
  replicas: number;
  /** How what was dropped is found: in GitHub's log of deliveries, as people write again, or by replicas that start. */
  finds: 'log' | 'next comment' | 'start';
  /** Replicas that are killed in the middle of their work and start again; each is a process of its own then. */
  kills?: number;
  /** Milliseconds. */
  patience: number;
};

const commanded = [1, 2, 3];
const acted = 4;
const written = 5;
const levels = ['critical', 'high', 'medium', 'low'] as const;

/** What people asked for: by repository and issue the priorities in their order, the scans, and the comments with commands. */
type Wished = {
  levels: Map<string, string[]>;
  scans: Map<string, number>;
  comments: StoredComment[];
};

/** Repositories with issues of findings (1 to 4) and one that somebody wrote (5), and the app in some replicas. */
async function aSky({ repositories, replicas, finds, kills }: Storm) {
  const names = Array.from({ length: repositories }, (_, at) => `acme/shop${at}`);
  const github = await aGitHubWithApp({ repositories: names.map((name) => ({ ...shop, name })) });
  for (const name of names) {
    const issues = [...commanded, acted, written].map((number) =>
      addIssue(github.repository(name), { number, title: `Issue ${number}` }),
    );
    const findings = issues
      .filter(({ number }) => number !== written)
      .map(({ number }) => aFinding({ id: `F-0000000${number}`, issue: { number, labels: [] } }));
    await seedLedger(github, { findings }, name);
  }
  const every = finds === 'log' ? { redeliverEvery: 1000 } : {};
  const apps = kills === undefined ? await inThisProcess(github, replicas, every) : await asProcesses(github, replicas);
  return { github, names, apps };
}

type Sky = Awaited<ReturnType<typeof aSky>>;

/** Something happens: mostly a command, else an act on an issue, or what is none of Courier's business. */
function happen({ github, names }: Sky, wished: Wished, random: () => number): void {
  const repository = pick(random, names);
  const chance = random();
  if (chance < 0.55) {
    const issue = pick(random, commanded);
    const asked = Array.from({ length: random() < 0.2 ? 2 : 1 }, () => pick(random, levels));
    const body = asked.map((level) => `/courier priority ${level}`).join('\n');
    const key = `${repository} ${issue}`;
    wished.levels.set(key, [...(wished.levels.get(key) ?? []), ...asked]);
    wished.comments.push(github.act.comment(pick(random, ['tom', 'wanda', 'ada']), body, { issue, repository }));
  } else if (chance < 0.65) {
    wished.scans.set(repository, (wished.scans.get(repository) ?? 0) + 1);
    wished.comments.push(github.act.comment('wanda', '/courier scan', { issue: written, repository }));
  } else if (chance < 0.85) act(github, repository, random);
  else if (chance < 0.92) github.act.comment('rita', 'Not a command.', { issue: pick(random, commanded), repository });
  else github.act.comment('evil[bot]', '/courier priority low', { issue: pick(random, commanded), repository });
}

function act(github: AppGitHub, repository: string, random: () => number): void {
  const at = { repository, issue: acted };
  const issue = github.repository(repository).issues.find(({ number }) => number === acted);
  if (random() < 0.4) github.act.assign('tom', random() < 0.5 ? ['wanda'] : [], at);
  else if (issue?.state === 'open') github.act.close('wanda', at);
  else github.act.reopen('wanda', at);
}

/** In no order, each of them never, once or twice, to whichever replica; some of it only with what comes later. */
async function blow(
  due: readonly Delivery[],
  { github, apps }: Sky,
  { random, kills }: { random: () => number; kills: number },
): Promise<Delivery[]> {
  // GitHub's log tells of what was tried: what is still to be sent is none of it.
  github.webhooks.hold(due);
  const late = due.filter(() => random() < 0.1);
  const sent = due.filter((delivery) => !late.includes(delivery) && random() >= 0.1);
  github.webhooks.lose(due.filter((delivery) => !late.includes(delivery) && !sent.includes(delivery)));
  const gusts = sent
    .flatMap((delivery) => (random() < 0.25 ? [delivery, delivery] : [delivery]))
    .map((delivery) => ({ delivery, at: random() }))
    .sort((a, b) => a.at - b.at);
  const struck = Array.from({ length: kills }, () => Math.floor((random() * gusts.length) / atOnce));
  const back: Promise<void>[] = [];
  for (let gust = 0; gust * atOnce < gusts.length; gust++) {
    const answers = gusts
      .slice(gust * atOnce, (gust + 1) * atOnce)
      .map(({ delivery }) => github.webhooks.send(delivery, pick(random, apps.urls)));
    // With answers of this gust under way, and the work of those before.
    for (const _ of struck.filter((at) => at === gust)) {
      await back.at(-1);
      back.push(apps.strike(Math.floor(random() * apps.urls.length)));
    }
    await Promise.all(answers);
  }
  await Promise.all(back);
  return late;
}

const atOnce = 10;

/** Days of a busy organisation in one go. When it is over, each command was executed once, and in its order. */
export async function weather(storm: Storm): Promise<void> {
  const random = createRandom(storm.seed);
  const sky = await aSky(storm);
  const { github, names, apps } = sky;
  const { kills = 0 } = storm;
  const wished: Wished = { levels: new Map(), scans: new Map(), comments: [] };
  let late: Delivery[] = [];
  const waves = 4;
  // 1.1 attempts for each: a tenth is dropped, a quarter of the others is sent twice.
  const each = Math.round(storm.deliveries / waves / 1.1);
  for (let wave = 0; wave < waves; wave++) {
    github.webhooks.sendTo([]);
    const known = github.webhooks.deliveries.length;
    for (let at = 0; at < each; at++) happen(sky, wished, random);
    const fresh = github.webhooks.deliveries.slice(known).filter(({ redelivery }) => !redelivery);
    github.webhooks.sendTo(apps.urls);
    late = await blow([...late, ...fresh], sky, {
      random,
      kills: Math.ceil((kills * (wave + 1)) / waves) - Math.ceil((kills * wave) / waves),
    });
  }
  github.webhooks.lose(late);
  if (storm.finds === 'next comment')
    for (const repository of names) {
      for (const issue of [...commanded, written]) github.act.comment('tom', '/courier help', { issue, repository });
      github.act.lock('max', { issue: acted, repository });
    }
  if (storm.finds === 'start') await apps.renewAll(names);
  const options = { timeout: storm.patience, interval: 500 };
  await expect.poll(() => openComments(wished), options).toBe(0);
  await expect.poll(() => unseen(sky), options).toEqual([]);
  // The eyes say that a command is taken; what a workflow does is dispatched after them, and told after that.
  for (const name of names) await expect.poll(() => asked(sky, name).size, options).toBe(wished.scans.get(name) ?? 0);
  await expect.poll(() => unanswered(sky, wished), options).toEqual([]);
  await apps.idle();
  expectOnce(sky, wished, kills);
  expect(github.violations).toEqual([]);
}

const endsOf = ({ reactions }: StoredComment) => reactions.map(({ content }) => content);

/** Comments without a 🚀; of those that a workflow does, without the start. */
function openComments({ comments }: Wished): number {
  return comments.filter((comment) => {
    const isDispatched = comment.body.includes('scan');
    return !endsOf(comment).includes(isDispatched ? 'eyes' : 'rocket');
  }).length;
}

/** Repositories in which the ledger does not say how the issue is that people close and open. */
function unseen({ github, names }: Sky): string[] {
  return names.filter((name) => {
    const issue = github.repository(name).issues.find(({ number }) => number === acted);
    const observed = findingsOf(github, name).find(({ issue: link }) => link?.number === acted)?.issue?.observed;
    if (!observed) return issue?.state !== 'open' || issue.assignees.length > 0;
    return observed.state !== issue?.state || observed.assignees?.join() !== issue.assignees.join();
  });
}

/** The commands for which a workflow was started in a repository. */
function asked({ github }: Sky, name: string): Set<unknown> {
  return new Set(github.repository(name).runs.map(({ inputs }) => inputs.request));
}

function expectOnce(sky: Sky, wished: Wished, kills: number): void {
  const { github, names } = sky;
  // Whoever is killed between a start and its record makes another start, which finds that the first has it (take-request.ts).
  const again = names.map((name) => github.repository(name).runs.length - asked(sky, name).size);
  expect(again.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(kills * atOnce);
  for (const name of names) {
    for (const issue of commanded) {
      const finding = findingsOf(github, name).find(({ issue: link }) => link?.number === issue);
      const done = finding?.history.flatMap(({ what, detail }) => (what === 'priority' ? [detail] : []));
      // A finding keeps the fifty newest.
      expect(done, `${name}#${issue}`).toEqual((wished.levels.get(`${name} ${issue}`) ?? []).slice(-50));
    }
    expect(asked(sky, name).size, name).toBe(wished.scans.get(name) ?? 0);
  }
  for (const { id, reactions } of wished.comments)
    expect(
      reactions.filter(({ content }) => content === 'eyes'),
      `comment ${id}`,
    ).toHaveLength(1);
  const answers = answered(sky);
  expect(answers.length).toBe(new Set(answers).size);
}

/** The comments that status comments name, one for each status comment. */
function answered({ github, names }: Sky): string[] {
  const replies = names.flatMap((name) =>
    github
      .repository(name)
      .issues.flatMap(({ comments }) => comments.filter(({ author }) => author.login === 'courier[bot]')),
  );
  return replies.flatMap(({ body }) => /In answer to comment (\d+)/.exec(body)?.[1] ?? []);
}

function unanswered(sky: Sky, { comments }: Wished): string[] {
  const answers = new Set(answered(sky));
  return comments.map(({ id }) => String(id)).filter((id) => !answers.has(id));
}
