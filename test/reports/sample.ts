import type { Finding } from '../../src/findings/finding.ts';
import type { Report } from '../../src/reports/report.ts';
import { aCheck, aFinding, aReport, aSession, excerptsOf } from './builders.ts';

export const files: Readonly<Record<string, string>> = {
  'src/orders/order-repository.js': `import { connect } from '../database.js';

/** Orders as the back office sees them. */
export async function findOrders(request) {
  const db = await connect();
  const { customer, status } = request.query;
  const rows = await db.query("select * from orders where customer = '" + customer + "' and status = '" + status + "'");
  return rows.map(toOrder);
}

export async function cancel(id, reason) {
  const db = await connect();
  try {
    await db.query('update orders set status = $1, reason = $2 where id = $3', ['cancelled', reason, id]);
  } catch (error) {}
}

function toOrder(row) {
  return { id: row.id, total: row.total_cents / 100, placedAt: new Date(row.placed_at) };
}
`,
  'config/storage.js': `export const storage = {
  region: 'eu-central-1',
  accessKeyId: 'AKIAQ3EGRTZ5EXAMPLE7',
  secretAccessKey: 'd9Kq2mP7xV4cT8bN1zR6wL3hY5jF0sAeGuOiXp',
  bucket: 'invoices',
};
`,
  'src/render/template.js': Array.from({ length: 60 }, (_, index) => templateLine(index + 1)).join('\n'),
};

function templateLine(line: number): string {
  if (line === 22) return "  return eval('`' + text + '`');";
  if (line === 48) return '  const compiled = eval(source); // the theme decides what runs';
  return `  const part${line} = parts[${line}] ?? '';`;
}

// Each by its own name: how many others the builder made before depends on what else ran in this process.
const findings: Finding[] = [
  aFinding({
    id: 'F-00000001',
    severity: 1,
    title: 'Order search builds SQL from the query string',
    description:
      "Whoever calls `GET /orders` decides what the statement says: **both** parameters are pasted between quotes.\n\n- `customer` reaches the statement unchanged\n- `status` does, too\n\nA value of `' or '1'='1` returns the orders of every customer.\n\n```sh\ncurl \"localhost:3000/orders?customer=x%27%20or%20%271%27%3D%271\"\n```",
    location: { path: 'src/orders/order-repository.js', startLine: 7, symbol: 'findOrders' },
    evidence: [
      {
        path: 'src/orders/order-repository.js',
        startLine: 7,
        quote: '"select * from orders where customer = \'" + customer + "\' and status = \'" + status + "\'"',
      },
    ],
    cwe: 'CWE-89',
    reproduce: {
      command: "node test/probe/orders.js \"x' or '1'='1\"",
      present: { exitCode: 1, match: 'returned 212 orders' },
    },
    expected: 'Only the orders of the customer who asks are returned.',
    actual: 'All 212 orders are returned, with names and addresses.',
    nextSteps: [
      'Pass `customer` and `status` as parameters: `$1`, `$2`.',
      'Add a test that searches for a quote.',
      'Look for the same pattern in `src/reports/`.',
    ],
    suggestedPrompt:
      'In src/orders/order-repository.js, findOrders builds SQL by joining strings. Use placeholders as cancel() does, and add a test.',
    confidence: 0.97,
    verified: 'reproduced',
    issue: { number: 41, url: 'https://github.com/acme/shop/issues/41', labels: [] },
  }),
  aFinding({
    id: 'F-00000002',
    severity: 1,
    title: 'AWS access key in the source',
    description: 'A key that looks valid is committed. Whoever can read the repository can use it.',
    origin: { kind: 'check', name: 'secretlint', rule: 'aws' },
    location: { path: 'config/storage.js', startLine: 3 },
    evidence: [
      { path: 'config/storage.js', startLine: 3, quote: "accessKeyId: '***'," },
      { path: 'config/storage.js', startLine: 4, quote: "secretAccessKey: '***'," },
    ],
    nextSteps: ['Revoke the key.', 'Read it from the environment.'],
    occurrences: 1,
  }),
  aFinding({
    id: 'F-00000003',
    severity: 2,
    title: '`eval` runs text as code',
    description: 'Text that becomes code can do whatever the process can.',
    origin: { kind: 'check', name: 'ast-grep', rule: 'no-eval' },
    location: { path: 'src/render/template.js', startLine: 22 },
    evidence: [
      { path: 'src/render/template.js', startLine: 22, quote: "eval('`' + text + '`')" },
      { path: 'src/render/template.js', startLine: 48, quote: 'eval(source)' },
    ],
    regressed: { at: '2026-11-20T10:00:00Z' },
    nextSteps: ['Use a template function.'],
  }),
  aFinding({
    id: 'F-00000004',
    severity: 3,
    category: 'bug',
    title: 'A failed cancellation is swallowed and reported as done',
    description:
      'The empty `catch` hides every error of the database. The caller answers 200 although nothing was written.',
    location: { path: 'src/orders/order-repository.js', startLine: 15 },
    evidence: [{ path: 'src/orders/order-repository.js', startLine: 13, endLine: 15, quote: 'try {' }],
    verified: 'none',
    confidence: 0.7,
  }),
  aFinding({
    id: 'F-00000005',
    severity: 3,
    category: 'dependencies',
    title: '7 dependencies have known vulnerabilities',
    description:
      '1. `lodash` 4.17.15: prototype pollution\n2. `minimist` 1.2.0: prototype pollution\n3. `express` 4.16.0: open redirect',
    origin: { kind: 'check', name: 'npm-audit' },
    location: { path: 'package.json' },
    evidence: [],
    nextSteps: ['Run `npm audit fix`.'],
  }),
  aFinding({
    id: 'F-00000006',
    severity: 4,
    category: 'docs',
    title: 'README names a command that is gone',
    description: '`npm run serve` was renamed to `npm start`.',
    location: { path: 'README.md', startLine: 12 },
    evidence: [{ path: 'README.md', startLine: 12, quote: 'npm run serve' }],
  }),
];

/** What agents looked at in a shop of some folders: all of one, some of another, nothing of the rest. */
export const someCoverage: NonNullable<Report['coverage']> = {
  files: [
    ...Object.entries(files).map(([path, text], index) => {
      const lines = text.split('\n').length;
      return {
        path,
        lines,
        seen: index === 0 ? lines : 0,
        ...(index < 2 ? { day: '2026-11-20' } : {}),
        changed: index === 1,
      };
    }),
    { path: 'README.md', lines: 80, seen: 40, day: '2026-10-30', changed: false },
    { path: 'package.json', lines: 45, seen: 45, day: '2026-07-01', changed: false },
    ...Array.from({ length: 900 }, (_, index) => ({
      path: `packages/part-${index % 12}/src/module-${index}.js`,
      lines: 20 + ((index * 67) % 500),
      seen: index % 3 === 0 ? 20 : 0,
      ...(index % 3 === 0 ? { day: '2026-11-18' } : {}),
      changed: false,
    })),
  ],
};

/** A report with something of everything, as a person might see it. */
export function aFullReport(change: Partial<Report> = {}): Report {
  return aReport({
    findings,
    coverage: someCoverage,
    counts: { new: 3, known: 3, resolved: 2, reopened: 1, held: 23 },
    checks: [
      aCheck({ check: 'oxlint', tool: 'oxlint', version: '1.89.0', state: 'clean' }),
      aCheck({ check: 'secretlint', state: 'findings', findings: 1, durationMs: 2_140 }),
      aCheck({
        check: 'ast-grep',
        state: 'findings',
        findings: 3,
        held: 23,
        heldRules: ['no-console', 'empty-catch'],
        durationMs: 310,
      }),
      aCheck({ check: 'tsc', state: 'not-applicable', reason: 'There is no tsconfig.json.' }),
      aCheck({ check: 'npm-audit', state: 'undetermined', reason: 'The registry did not answer within 30 s.' }),
      aCheck({ check: 'shellcheck', state: 'undetermined', reason: 'shellcheck is not installed.' }),
    ],
    session: aSession({
      result: 'partial',
      reasons: ['The agent reached its limit of 40 iterations before it called finish.'],
      costUsd: 1.237,
      usage: { inputTokens: 48_211, outputTokens: 9_120, cacheReadTokens: 512_000, cacheWriteTokens: 60_000 },
      agents: [
        {
          scan: 'security',
          tool: 'anthropic',
          model: 'opus',
          prompt: 'Find security problems.',
          ending: 'limited',
          outcome: 'incomplete',
          reason: 'The agent reached its limit of 40 iterations before it called finish.',
          currentIteration: 40,
          maxIterations: 40,
          finalText: '',
          coverage: {
            files: 905,
            lines: 241_208,
            looked: { files: 34, lines: 20_100 },
            soFar: { files: 300, lines: 96_400 },
          },
        },
      ],
      rejected: [
        { title: 'Missing rate limit on /login', reason: 'None of its quotes is in the repository at this commit.' },
        { title: 'TBD', reason: 'The title is a placeholder.' },
      ],
      questions: [
        {
          id: 'Q1',
          question: 'Is `/internal/metrics` reachable from outside?',
          options: [{ label: 'Yes' }, { label: 'No', description: 'only through the VPN' }],
          multiSelect: false,
          allowOther: true,
          blocking: false,
          findings: [],
        },
      ],
      assumptions: [
        {
          id: 'A1',
          text: 'Requests reach the service through a proxy that ends TLS.',
          basis: '`deploy/ingress.yaml` sets `tls:` for every host.',
          confidence: 0.8,
          findings: [],
        },
      ],
    }),
    excerpts: excerptsOf(findings, files),
    ...change,
  });
}
