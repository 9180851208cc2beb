import { gzipSync } from 'node:zlib';
import type { Octokit } from '@octokit/rest';
import { ZodError, z } from 'zod';
import type { AdvisoryDraft, Disclosure, NotTaken } from '../../flows/github-ports.ts';
import { isoTime } from '../../lib/clock.ts';
import { ExternalError, UserError } from '../../lib/errors.ts';
import type { Client } from './client.ts';
import { type Failure, isLimited, understandFailure, waitOf } from './failure.ts';

const Created = z.object({ ghsa_id: z.string(), html_url: z.string() });
const Advisory = Created.extend({
  description: z.string().nullish(),
  state: z.enum(['published', 'closed', 'withdrawn', 'draft', 'triage']),
  /** Only where somebody reported it: then its text, with whatever marker, is that person's. */
  submission: z.unknown().optional(),
});

/** Where what is secret may be told. What GitHub answers is not passed on: it may quote what was sent. */
export function createDisclosure(client: Client): Disclosure {
  const { owner, repo } = client.place;
  return {
    listAdvisories: () =>
      quietly(client, 'list the draft advisories', async (octokit) => {
        const query = { owner, repo, per_page: 100 };
        const listed = await octokit.paginate(octokit.rest.securityAdvisories.listRepositoryAdvisories, query);
        const own = listed.map((each) => Advisory.parse(each)).filter(({ submission }) => !submission);
        return own.map(toAdvisory);
      }),
    createDraft: (draft) => createDraft(client, draft),
    readAdvisory: (ghsa_id) =>
      quietly(client, 'read a security advisory', async (octokit) => {
        const { data } = await octokit.rest.securityAdvisories.getRepositoryAdvisory({ owner, repo, ghsa_id });
        return toAdvisory(Advisory.parse(data));
      }),
    updateAdvisory: (ghsa_id, { state, description }) =>
      quietly(client, 'update a security advisory', async (octokit) => {
        await octokit.rest.securityAdvisories.updateRepositoryAdvisory({ owner, repo, ghsa_id, state, description });
        return 'taken' as const;
      }),
    uploadSarif: ({ commit, ref, sarif }) =>
      quietly(client, 'upload code scanning alerts', async (octokit) => {
        const packed = gzipSync(sarif).toString('base64');
        await octokit.rest.codeScanning.uploadSarif({ owner, repo, commit_sha: commit, ref, sarif: packed });
        return 'taken' as const;
      }),
  };
}

function toAdvisory({ ghsa_id, html_url, description, state }: z.infer<typeof Advisory>) {
  return { id: ghsa_id, url: html_url, description: description ?? '', state };
}

async function createDraft(client: Client, draft: AdvisoryDraft): ReturnType<Disclosure['createDraft']> {
  const { owner, repo } = client.place;
  const { summary, description, severity, cweIds } = draft;
  // GitHub insists on a package; what is affected is the repository itself, and of no ecosystem that GitHub knows.
  const vulnerabilities = [{ package: { ecosystem: 'other' as const, name: `${owner}/${repo}` } }];
  const request = { owner, repo, summary, description, severity, vulnerabilities };
  const attempt = (cwe_ids: readonly string[]) =>
    quietly(client, 'file a draft security advisory', async (octokit) => {
      const cwes = cwe_ids.length > 0 ? { cwe_ids: [...cwe_ids] } : {};
      const { data } = await octokit.rest.securityAdvisories.createRepositoryAdvisory({ ...request, ...cwes });
      const created = Created.parse(data);
      return { id: created.ghsa_id, url: created.html_url };
    });
  const first = await attempt(cweIds);
  return first === 'rejected' && cweIds.length > 0 ? attempt([]) : first;
}

/** @throws ExternalError that tells nothing of what was sent. */
async function quietly<Answer>(
  client: Client,
  doing: string,
  work: (octokit: Octokit) => Promise<Answer>,
): Promise<Answer | NotTaken> {
  try {
    return await work(await client.octokit());
  } catch (error) {
    if (error instanceof ZodError)
      throw new ExternalError(`GitHub's answer to the attempt to ${doing} could not be read.`);
    const failure = understandFailure(error);
    if (!failure) throw error;
    return refusalOf(failure, doing, client);
  }
}

function refusalOf(failure: Failure, doing: string, { place }: Client): NotTaken {
  const { status } = failure;
  if (isLimited(failure)) {
    const until = isoTime(place.now() + waitOf(failure, place.now()));
    throw new ExternalError(`GitHub's rate limit stopped the attempt to ${doing} (${status}).`, {
      hint: `Run it again after ${until}.`,
    });
  }
  if (status === 401) throw new UserError(`GitHub refused the token (401) to ${doing}.`);
  if (status === 403 || status === 404) return 'refused';
  if (status === 400 || status === 413 || status === 422) return 'rejected';
  const answer = status === undefined ? 'did not answer' : `answered ${status} to`;
  throw new ExternalError(`GitHub ${answer} the attempt to ${doing}.`);
}
