import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { startGitHub } from '../fakes/github/github.ts';
import { addIssue } from '../fakes/github/state.ts';
import { freePort } from '../free-port.ts';
import { median } from './harness.ts';

const secret = 'the-secret-of-the-webhook';
const perSecond = 200;
const seconds = 10;
/** One delivery in so many is a command, which the app works off at the double while it answers the others. */
const commandEvery = 100;

const root = path.resolve(import.meta.dirname, '../..');
type GitHub = Awaited<ReturnType<typeof startGitHub>>;
type Answers = { p50: number; p99: number; failed: number };

/** By turns, so that what else the machine does meets both. */
const rounds = 3;
const sides = [
  ['Probot, a handler that does nothing', 'test/bench/bare-probot.ts'],
  ['the app', 'app/index.ts'],
] as const;
type Measured = Answers & { cpu: number };

/**
 * How long GitHub waits for the answer to a delivery, at the app and at a bare Probot handler, each in a process of its own. A number is the
 * median of the rounds'; the load says how far times can be believed, the CPU time hardly depends on it.
 *
 * @returns Markdown.
 */
export async function answering(): Promise<string> {
  const github = await aGitHub();
  const cwd = mkdtempSync(path.join(tmpdir(), 'courier-bench-app-'));
  const before = loadNow();
  const found: Measured[][] = sides.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [at, [, file]] of sides.entries()) found[at]?.push(await measured(file, { github, cwd }));
  await github.close();
  rmSync(cwd, { recursive: true, force: true });
  const of = (at: number, field: keyof Measured) => median(found[at]?.map((each) => each[field]) ?? []);
  const rows = sides.map(([name], at) => {
    const ratio = (of(at, 'p99') / of(0, 'p99')).toFixed(2);
    const times = `${of(at, 'p50').toFixed(1)} ms | ${of(at, 'p99').toFixed(1)} ms | ${ratio}`;
    return `| ${name} | ${times} | ${of(at, 'cpu').toFixed(2)} ms | ${of(at, 'failed')} |`;
  });
  const what = `${perSecond} signed deliveries a second for ${seconds} s, one in ${commandEvery} with a command, ${rounds} rounds by turns; load of the machine before ${before} and after ${loadNow()}, with this on it.`;
  return [
    what,
    '',
    '| | p50 | p99 | p99 to bare | its CPU per delivery | failed |',
    '|---|---:|---:|---:|---:|---:|',
    ...rows,
  ].join('\n');
}

const loadNow = () => (loadavg()[0] ?? 0).toFixed(1);

async function measured(file: string, place: { github: GitHub; cwd: string }): Promise<Measured> {
  const { child, url } = await start(path.join(root, file), place);
  try {
    await fire(url, place.github, { count: perSecond });
    const before = cpuMs(child);
    const answers = await fire(url, place.github, { count: perSecond * seconds });
    return { ...answers, cpu: (cpuMs(child) - before) / (perSecond * seconds) };
  } finally {
    child.kill('SIGKILL');
  }
}

/** What a process has used of the processors, its own and the system's for it; `NaN` where there is no `/proc`. */
function cpuMs({ pid }: ChildProcess): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    // In hundredths of a second, on all Linux that Node.js runs on.
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}

async function aGitHub() {
  const permissions = { actions: 'write', contents: 'write', issues: 'write', metadata: 'read' } as const;
  const github = await startGitHub({
    repositories: [{ name: 'acme/shop', files: { 'README.md': '#\n' }, collaborators: { wanda: 'write' } }],
    tokens: {},
    app: { id: 12, slug: 'courier', permissions, installation: 77 },
    webhooks: { secret },
  });
  addIssue(github.repository(), { title: 'An issue' });
  return github;
}

async function start(file: string, { github, cwd }: { github: GitHub; cwd: string }) {
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, [file], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...{ PATH: process.env.PATH, APP_ID: '12', PRIVATE_KEY: github.app?.privateKey, WEBHOOK_SECRET: secret },
      ...{ HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'warn' },
      ...{ GITHUB_API_URL: github.url, GITHUB_GRAPHQL_URL: github.graphqlUrl, GITHUB_SERVER_URL: github.serverUrl },
    },
  });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 600; tries++) {
    if (
      await fetch(`${url}/ping`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return { child, url };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${file} does not answer`);
}

/** At a steady pace, whether or not the ones before were answered: a slow server does not slow its senders. */
async function fire(url: string, github: GitHub, { count }: { count: number }): Promise<Answers> {
  const took: number[] = [];
  let failed = 0;
  const began = performance.now();
  const sent: Promise<void>[] = [];
  for (let index = 0; index < count; index++) {
    const wait = began + (index * 1000) / perSecond - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const { payload, headers } = aDelivery(github, index);
    const start = performance.now();
    const request = fetch(`${url}/api/github/webhooks`, { method: 'POST', body: payload, headers });
    sent.push(
      request
        .then(async (response) => {
          await response.arrayBuffer();
          took.push(performance.now() - start);
          if (!response.ok) failed += 1;
        })
        .catch(() => {
          failed += 1;
        }),
    );
  }
  await Promise.all(sent);
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), failed };
}

function aDelivery(github: GitHub, index: number) {
  const isCommand = index % commandEvery === commandEvery - 1;
  if (isCommand) github.act.comment('wanda', '/courier help');
  const made = isCommand ? github.webhooks.deliveries.at(-1)?.payload : undefined;
  const payload = made ?? plain(index);
  const signature = createHmac('sha256', secret).update(payload).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'x-github-event': 'issue_comment',
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': `sha256=${signature}`,
  };
  return { payload, headers };
}

// As large as those of GitHub, which repeat the repository and its owner in full.
const filler = 'x'.repeat(12_000);

function plain(index: number): string {
  return JSON.stringify({
    action: 'created',
    installation: { id: 77 },
    repository: { id: 1, full_name: 'acme/shop', description: filler },
    issue: { number: 1 + (index % 50) },
    comment: { id: 10_000 + index, body: 'Looks good to me.' },
    sender: { login: 'wanda', type: 'User' },
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(await answering());
