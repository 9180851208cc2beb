import type { CliCore, ScanOrder, ScanResult } from '../../src/cli/core.ts';
import { ExternalError, UserError } from '../../src/lib/errors.ts';
import { aFinding, aReport, aSession } from '../reports/builders.ts';

/** What a scan of the fake finds, by the folder's name; everything else is a complete scan with one finding. */
const special: Readonly<Record<string, Partial<ScanResult>>> = {
  partial: { result: 'partial', reasons: ['The check audit could not run: no network.'] },
  failed: { result: 'failed', reasons: ['The model answered 401.'] },
  skipped: { result: 'skipped' },
};

/** A core that remembers what it was asked. Folders: `empty` has no ledger, `unreachable` throws, `broken` is a bug. */
export function fakeCore(
  change: Partial<CliCore> & { failOnMet?: boolean } = {},
): CliCore & { readonly orders: ScanOrder[] } {
  const orders: ScanOrder[] = [];
  const inLedger = <T>(path: string, records: T) => (path.endsWith('empty') ? undefined : records);
  return {
    orders,
    async scan(order) {
      orders.push(order);
      order.log.info('3 files to look at.');
      order.progress({ step: 'check oxlint', done: 0.5 });
      if (order.path.endsWith('unreachable')) {
        throw new ExternalError('GitHub cannot be reached.', { hint: 'Check the network and GITHUB_API_URL.' });
      }
      if (order.path.endsWith('broken')) throw new TypeError('x is undefined');
      const name = order.path.split('/').at(-1) ?? '';
      const report = aReport();
      const files = { html: `${order.path}/.courier/reports/report.html`, sarif: '/elsewhere/report.sarif' };
      const failOnMet = change.failOnMet ?? order.overrides.failOn === 'high';
      return {
        result: 'complete',
        reasons: [],
        notes: ['Only the checks ran.'],
        failOnMet,
        files,
        report,
        ...special[name],
      };
    },
    async ask(order) {
      orders.push(order);
      const answer = order.question.includes('nothing') ? undefined : `It is so: ${order.question}`;
      return {
        session: 'S20261120-101500-aaaa',
        result: answer ? 'complete' : 'failed',
        reasons: answer ? [] : ['There is no answer.'],
        notes: [],
        answer,
      };
    },
    async runFrom(order) {
      return this.scan(order);
    },
    readEvents: async () => [],
    async control({ order, by }) {
      return { done: !('sure' in order) || order.sure, said: [`${by} wants ${JSON.stringify(order)}.`] };
    },
    async verify(order) {
      orders.push(order);
      const by = 'reproduce' as const;
      return {
        result: order.path.endsWith('partial') ? 'partial' : 'complete',
        reasons: [],
        notes: ['Only the checks ran.'],
        verdicts: [
          { finding: 'F-0000000a', verdict: 'gone', by, proof: 'It was silent.\u001b[31m' },
          { finding: 'F-0000000b', verdict: 'inconclusive', by, proof: 'Needs an agent: it has no command.' },
        ],
      };
    },
    async listFindings(path) {
      return inLedger(path, [
        aFinding({ id: 'F-0000000a', severity: 4, category: 'docs', state: 'open', title: 'Typo in the guide' }),
        aFinding({ id: 'F-0000000b', severity: 1, category: 'security', state: 'open', title: 'SQL injection' }),
        aFinding({ id: 'F-0000000c', severity: 2, category: 'bug', state: 'resolved', title: 'Lost update' }),
      ]);
    },
    async listSessions(path) {
      return inLedger(path, [
        aSession({ id: 'S20261120-101500-aaaa', displayName: 'Checks of main at 1baf64f' }),
        aSession({ id: 'S20261120-091500-bbbb', displayName: 'Scan bugs' }),
        aSession({ id: 'S20261119-091500-cccc', displayName: 'Scan security' }),
      ]);
    },
    async replay(_path, session) {
      const id = 'id' in session ? session.id : 'a folder';
      throw new UserError(`Nobody recorded ${id}.`);
    },
    async readReport(_path, session, format) {
      return session.endsWith('cccc') ? undefined : `${format} report of ${session}`;
    },
    ...change,
  };
}
