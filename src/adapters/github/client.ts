import type { Octokit } from '@octokit/rest';
import { z } from 'zod';
import type { Conduct } from '../../flows/github-ports.ts';
import type { Clock } from '../../lib/clock.ts';
import { systemClock } from '../../lib/clock.ts';
import { ExternalError } from '../../lib/errors.ts';
import type { Log } from '../../lib/log.ts';
import { type Attempt, type Place, toCourierError } from './errors.ts';
import { understandFailure } from './failure.ts';
import { createPacer, type Pacer } from './pacer.ts';
import { type Patience, withRetry } from './retry.ts';

export type GitHubOptions = {
  token: string;
  owner: string;
  repo: string;
  /** `https://api.github.com`; on GitHub Enterprise it ends in `/api/v3`. */
  apiUrl: string;
  /** `https://api.github.com/graphql`; on GitHub Enterprise it ends in `/api/graphql`. */
  graphqlUrl: string;
  serverUrl: string;
  userAgent: string;
  log: Log;
  clock?: Clock;
  /** Told, with each answer, how many requests GitHub leaves to the token in this hour. */
  onRateLimit?: (left: number) => void;
  /** Waits between tries; for tests. */
  sleep?: (milliseconds: number) => Promise<void>;
};

/** A branch's commit and, where it is known, the commit's tree. */
export type BranchTip = { commit: string; tree: string | undefined };

/** How one use of GitHub is to go: what several share, and what is its own. */
export type Manner = { pacer?: Pacer; conduct?: Conduct };

const GraphqlAnswer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({
        type: z.string().optional(),
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
      }),
    )
    .default([]),
});
export type GraphqlAnswer = z.infer<typeof GraphqlAnswer>;

/** The one way to GitHub: lazily loaded Octokit with our own retries, for one repository. */
export type Client = {
  readonly token: string;
  readonly place: Place;
  readonly patience: Patience;
  readonly pacer: Pacer;
  /** What the first request told besides what it was asked for: each is used once, by who would ask next. */
  readonly told: {
    tips: Map<string, BranchTip | undefined>;
    /** Heads of the ledger's branches, as they stood when issues were read: a write begins with asking for them. */
    heads: Map<string, string>;
    issuesAreReadable?: boolean;
  };
  /** The ledger's branches of this session: what else is asked for asks for their heads, too. */
  readonly ledgerBranches: Set<string>;
  octokit(): Promise<Octokit>;
  /** @returns `undefined` where this GitHub has no GraphQL endpoint. Errors of single fields are in the answer. */
  graphql(query: string, variables: Record<string, unknown>): Promise<GraphqlAnswer | undefined>;
  /** Runs `work`; what it throws becomes an error of ours that says what was tried. */
  attempt<Result>(attempt: Attempt, work: (octokit: Octokit) => Promise<Result>): Promise<Result>;
};

const requestTimeout = 60_000;

// Everything else may be sent twice: reads, updates to a stated value, deletions, and git objects, which are named by their content.
const onlyOnce = new Set([
  'POST /repos/{owner}/{repo}/issues',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
  'POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun',
  'POST /repos/{owner}/{repo}/check-runs',
  'POST /repos/{owner}/{repo}/code-scanning/sarifs',
  'POST /repos/{owner}/{repo}/security-advisories',
  'POST /repos/{owner}/{repo}/git/refs',
  'PATCH /repos/{owner}/{repo}/git/refs/{ref}',
  'DELETE /repos/{owner}/{repo}/git/refs/{ref}',
  'POST /repos/{owner}/{repo}/pulls',
]);

/** What GitHub limits most strictly, and what must not happen twice. */
const creating = new Set([
  'POST /repos/{owner}/{repo}/issues',
  'POST /repos/{owner}/{repo}/security-advisories',
  'POST /repos/{owner}/{repo}/pulls',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
]);

export function createClient(options: GitHubOptions, manner: Manner = {}): Client {
  const { owner, repo, clock = systemClock } = options;
  const now = () => clock.now();
  const sleep = options.sleep ?? ((time: number) => new Promise<void>((resolve) => setTimeout(resolve, time)));
  const apiUrl = options.apiUrl.replace(/\/+$/, '');
  const place = { owner, repo, apiUrl, now };
  const { conduct } = manner;
  const patience = { now, sleep, log: options.log, ...(conduct && { deadline: conduct.deadline }) };
  const pacer = manner.pacer ?? createPacer(patience);
  pacer.remember(conduct?.recent ?? []);
  let loading: Promise<Octokit> | undefined;
  const octokit = () => {
    loading ??= load({ ...options, apiUrl }, { patience, pacer, ready: conduct?.ready });
    return loading;
  };
  return {
    token: options.token,
    place,
    patience,
    pacer,
    told: { tips: new Map(), heads: new Map() },
    ledgerBranches: new Set(),
    octokit,
    graphql: async (query, variables) => postGraphql(await octokit(), options.graphqlUrl, { query, variables }),
    async attempt(attempt, work) {
      try {
        return await work(await octokit());
      } catch (error) {
        throw toCourierError(error, attempt, place);
      }
    },
  };
}

type Loading = { patience: Patience; pacer: Pacer; ready: Conduct['ready'] | undefined };

async function load(options: GitHubOptions, { patience, pacer, ready }: Loading): Promise<Octokit> {
  // Loaded when first used: a scan that publishes nothing starts without it.
  const { Octokit } = await import('@octokit/rest');
  const { debug } = options.log;
  // What fails is told by our own errors; Octokit would warn of every missing branch.
  const log = { debug, info: debug, warn: debug, error: debug };
  const octokit = new Octokit({ auth: options.token, baseUrl: options.apiUrl, userAgent: options.userAgent, log });
  octokit.hook.wrap('request', (request, given) => {
    const route = `${given.method} ${given.url}`;
    const call = async () => {
      if (creating.has(route)) {
        await pacer.turn(patience.deadline);
        await ready?.();
      }
      const signal = AbortSignal.timeout(requestTimeout);
      const headers = { ...given.headers, 'x-github-api-version': '2022-11-28' };
      const response = await request({ ...given, headers, request: { ...given.request, signal } });
      const left = Number(response.headers['x-ratelimit-remaining'] ?? Number.NaN);
      if (Number.isFinite(left)) options.onRateLimit?.(left);
      return whole(response);
    };
    return withRetry(call, { repeatable: !onlyOnce.has(route), what: route, patience });
  });
  return octokit;
}

/** Octokit answers an empty text where the connection broke in the middle of a body. */
function whole<Response extends { status: number; data: unknown; headers: { 'content-type'?: string | undefined } }>(
  response: Response,
): Response {
  const json = /^application\/json\b/.test(response.headers['content-type'] ?? '');
  if (json && typeof response.data === 'string')
    throw Object.assign(new Error('the answer broke off'), { status: 500 });
  return response;
}

async function postGraphql(octokit: Octokit, url: string, body: { query: string; variables: object }) {
  try {
    const { data } = await octokit.request({ method: 'POST', url, ...body });
    const answer = GraphqlAnswer.parse(data);
    if (answer.errors.some(({ type }) => type === 'RATE_LIMITED'))
      throw new ExternalError("GitHub's GraphQL rate limit is used up.", { hint: 'Run it again in an hour.' });
    return answer;
  } catch (error) {
    const status = understandFailure(error)?.status;
    if (status === 404 || status === 405) return undefined;
    throw error;
  }
}
