import nock from 'nock';
import { afterEach, expect, it } from 'vitest';
import { createGitHub } from '../../src/adapters/github/github.ts';
import { ExternalError } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';

const api = 'https://github.example/api/v3';

const github = () =>
  createGitHub({
    token: 'ghs_x',
    owner: 'acme',
    repo: 'shop',
    apiUrl: api,
    graphqlUrl: 'https://github.example/api/graphql',
    serverUrl: 'https://github.example',
    userAgent: 'courier',
    log: silentLog,
    sleep: async () => {},
  });

afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

it('says that a proxy answered in place of GitHub, and shows nothing of its page', async () => {
  nock.disableNetConnect();
  nock(api)
    .get('/repos/acme/shop')
    .reply(200, '<html><body>Please sign in to the company proxy</body></html>', { 'content-type': 'text/html' });
  const answer = await github()
    .repository()
    .catch((error) => error);
  expect(answer).toBeInstanceOf(ExternalError);
  expect(answer.message).not.toContain('<html>');
});

it('follows a repository that was renamed', async () => {
  nock.disableNetConnect();
  nock('https://github.example').post('/api/graphql').reply(404, { message: 'Not Found' });
  nock(api)
    .get('/repos/acme/shop')
    .reply(301, { message: 'Moved Permanently' }, { location: `${api}/repositories/7` });
  nock(api).get('/repositories/7').reply(200, {
    id: 7,
    full_name: 'acme/store',
    html_url: 'https://github.example/acme/store',
    default_branch: 'main',
    private: true,
  });
  nock(api)
    .get('/repos/acme/shop/git/ref/heads%2Fmain')
    .reply(200, { ref: 'refs/heads/main', object: { sha: 'a'.repeat(40) } });
  expect(await github().repository()).toMatchObject({ name: 'acme/store', visibility: 'private' });
});
