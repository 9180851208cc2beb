import { createGitHub } from '../../src/adapters/github/github.ts';
import { Finding } from '../../src/findings/finding.ts';
import type { LedgerChanges } from '../../src/ledger/ledger.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import { silentLog } from '../../src/lib/log.ts';
import { workflowToken } from '../fakes/github/github.ts';
import type { AppGitHub } from './app-bed.ts';

/** What an earlier session left in the ledger's branch. */
export async function seedLedger(github: AppGitHub, changes: LedgerChanges, name = 'acme/shop'): Promise<void> {
  const [owner = '', repo = ''] = name.split('/');
  const permissions = { contents: 'write', issues: 'write' } as const;
  github.tokens[workflowToken] = { login: 'github-actions[bot]', type: 'Bot', permissions };
  const workflow = createGitHub({
    ...{ token: workflowToken, owner, repo, userAgent: 'courier-test', log: silentLog },
    ...{ apiUrl: github.url, graphqlUrl: github.graphqlUrl, serverUrl: github.serverUrl },
  });
  const repositoryId = String(github.repository(name).id);
  await updateLedger(workflow.ledger('courier-ledger'), 'seed', () => changes, { repositoryId });
}

export function findingsOf(github: AppGitHub, name = 'acme/shop'): Finding[] {
  return Object.entries(github.files(name, 'courier-ledger'))
    .filter(([path]) => path.startsWith('findings/'))
    .flatMap(([, text]) => Finding.array().parse(JSON.parse(text)));
}
