import { isDeepStrictEqual } from 'node:util';
import type { Probot } from 'probot';
import { z } from 'zod';
import type { Clock } from '../src/lib/clock.ts';
import { ExternalError, messageOf } from '../src/lib/errors.ts';
import type { Installations } from './work.ts';

type Level = 'read' | 'write';
type Permissions = Readonly<Record<string, Level>>;

/** What the app itself does in a repository. The others of app.yml are for the tokens that a workflow asks for. */
const forWork: Permissions = {
  ...{ actions: 'write', checks: 'write', contents: 'write', issues: 'write' },
  ...{ metadata: 'read', pull_requests: 'write' },
};
const forList: Permissions = { metadata: 'read' };

const Token = z.object({ token: z.string(), expires_at: z.string() });
type Token = { token: string; expiresAt: string };
const Installation = z.object({ permissions: z.record(z.string(), z.string()) });

/** A token is asked for anew when less than this is left of its hour: what begins with it should end with it. */
const leastLeft = 10 * 60 * 1000;

/**
 * Tokens of installations, each asked for once in its hour: for one repository and for what is done there, so that no mistake of ours
 * reaches into another's. (Probot's own way to a bare token asks github.com, also where GitHub is elsewhere.)
 */
export function createInstallationTokens(probot: Probot, { clock }: { clock: Clock }): Installations['token'] {
  const kept = new Map<string, { asking: Promise<Token>; end?: number }>();

  // Without a known end it is being asked for: whoever asks meanwhile waits for the same answer.
  const isFresh = ({ end = Number.POSITIVE_INFINITY }: { end?: number }) => end - clock.now() > leastLeft;

  function letOldGo(): void {
    for (const [key, one] of kept) if (!isFresh(one)) kept.delete(key);
  }

  return (installation, reach) => {
    const key = `${installation} ${reach}`;
    const known = kept.get(key);
    if (known && isFresh(known)) return known.asking;
    letOldGo();
    const one: { asking: Promise<Token>; end?: number } = { asking: ask(probot, installation, reach) };
    kept.set(key, one);
    one.asking.then(
      ({ expiresAt }) => {
        one.end = Date.parse(expiresAt);
      },
      () => {
        if (kept.get(key) === one) kept.delete(key);
      },
    );
    return one.asking;
  };
}

async function ask(probot: Probot, installation: number, reach: number | 'list'): Promise<Token> {
  try {
    return await askWithin(probot, installation, reach);
  } catch (error) {
    const status = z.object({ status: z.number() }).safeParse(error).data?.status;
    if (status !== undefined && status < 500) throw error;
    // What asked for the token is tried again later.
    throw new ExternalError(`GitHub gave no token for the installation: ${messageOf(error)}`, { cause: error });
  }
}

async function askWithin(probot: Probot, installation: number, reach: number | 'list'): Promise<Token> {
  const octokit = await probot.auth();
  const where = { installation_id: installation };
  const request = async (permissions: Permissions): Promise<Token> => {
    const scope = reach === 'list' ? {} : { repository_ids: [reach] };
    const asked = { ...where, ...scope, permissions };
    const { data } = await octokit.request('POST /app/installations/{installation_id}/access_tokens', asked);
    const { token, expires_at } = Token.parse(data);
    return { token, expiresAt: expires_at };
  };
  const wanted = reach === 'list' ? forList : forWork;
  try {
    return await request(wanted);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // An installation may lack what newer versions ask for, until its owner agrees: it gets what it has of it.
    const { data } = await octokit.request('GET /app/installations/{installation_id}', where);
    const granted = lessen(wanted, Installation.parse(data).permissions);
    if (isDeepStrictEqual(granted, wanted)) throw error;
    return request(granted);
  }
}

function lessen(wanted: Permissions, granted: Readonly<Record<string, string>>): Permissions {
  const both = Object.entries(wanted).flatMap(([name, level]): [string, Level][] => {
    const given = granted[name];
    if (given === undefined) return [];
    return [[name, given === 'read' ? 'read' : level]];
  });
  return Object.fromEntries(both);
}

/** GitHub's answer to a token for more than the installation has. */
function isRefusal(error: unknown): boolean {
  return z.object({ status: z.literal(422) }).safeParse(error).success;
}
