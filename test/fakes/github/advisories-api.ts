import { type Reply, type RepositoryCall, text, texts } from './http.ts';
import { HttpError, invalid } from './http-error.ts';
import type { StoredAdvisory } from './state.ts';

// GitHub knows the list of MITRE; these are numbers that are on it.
const knownCwes = new Set(['CWE-22', 'CWE-79', 'CWE-89', 'CWE-798']);

function advisoryJson({ apiUrl, serverUrl, repository }: RepositoryCall, advisory: StoredAdvisory) {
  const { id, summary, description, severity, cwes, packages, state, reported } = advisory;
  return {
    ghsa_id: id,
    url: `${apiUrl}/repos/${repository.fullName}/security-advisories/${id}`,
    html_url: `${serverUrl}/${repository.fullName}/security/advisories/${id}`,
    ...{ summary, description, severity, state, cwe_ids: cwes, vulnerabilities: packages },
    submission: reported ? { accepted: state === 'draft' } : null,
  };
}

function find({ repository, params }: RepositoryCall): StoredAdvisory {
  const found = repository.advisories.find(({ id }) => id === params.ghsa_id);
  if (!found) throw new HttpError(404, 'Not Found');
  return found;
}

function requireKnown(cwes: readonly string[]): void {
  const unknown = cwes.find((cwe) => !knownCwes.has(cwe));
  if (unknown) throw invalid('RepositoryAdvisory', 'cwe_ids', 'invalid', `${unknown} is not a valid CWE`);
}

function create(call: RepositoryCall): Reply {
  const { body, repository } = call;
  if (repository.visibility !== 'public') throw new HttpError(404, 'Not Found');
  requireKnown(texts(body.cwe_ids));
  if (!Array.isArray(body.vulnerabilities) || body.vulnerabilities.length === 0)
    throw new HttpError(422, 'Advisory must have at least one vulnerability');
  const number = String(repository.advisories.length + 1).padStart(4, '0');
  const advisory: StoredAdvisory = {
    id: `GHSA-test-test-${number}`,
    summary: text(body.summary) ?? '',
    description: text(body.description) ?? '',
    severity: text(body.severity) ?? null,
    cwes: texts(body.cwe_ids),
    packages: body.vulnerabilities,
    state: 'draft',
    reported: false,
  };
  repository.advisories.push(advisory);
  return { status: 201, body: advisoryJson(call, advisory) };
}

function update(call: RepositoryCall): Reply {
  const advisory = find(call);
  const state = text(call.body.state);
  if (state === 'draft' || state === 'closed' || state === 'published') advisory.state = state;
  advisory.description = text(call.body.description) ?? advisory.description;
  return { status: 200, body: advisoryJson(call, advisory) };
}

function list(call: RepositoryCall): Reply {
  const state = call.query.get('state');
  const found = call.repository.advisories.filter((advisory) => state === null || advisory.state === state);
  // This list is paged by cursors, unlike those of issues.
  const size = Number(call.query.get('per_page') ?? 30);
  const start = found.findIndex(({ id }) => id === call.query.get('after')) + 1;
  const page = found.slice(start, start + size);
  const next = new URL(call.requestUrl);
  next.searchParams.set('after', page.at(-1)?.id ?? '');
  const headers: Record<string, string> = start + size < found.length ? { link: `<${next}>; rel="next"` } : {};
  return { status: 200, body: page.map((advisory) => advisoryJson(call, advisory)), headers };
}

export const advisoryOperations: Readonly<Record<string, (call: RepositoryCall) => Reply>> = {
  'security-advisories/list-repository-advisories': list,
  'security-advisories/get-repository-advisory': (call) => ({ status: 200, body: advisoryJson(call, find(call)) }),
  'security-advisories/create-repository-advisory': create,
  'security-advisories/update-repository-advisory': update,
};
