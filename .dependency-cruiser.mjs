// Who may import whom: docs/architecture.md. test/architecture.test.ts asserts that the modules were seen.
const rooms =
  'config|coverage|events|commands|sessions|agents|sandboxes|checks|findings|investigations|questions|memory|runs|ledger|publishing|reports|dashboard|setup';
const aboutOneThing = 'agents|config|coverage|events|findings|questions|memory|sandboxes|ledger|publishing';
const aboutSeveral = 'sessions|investigations|runs|commands|reports|dashboard|setup';
const only = (name, path, to) => ({ name, severity: 'error', from: { pathNot: path }, to });

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'lib-stands-alone',
      severity: 'error',
      from: { path: '^src/lib/' },
      to: { path: '^(src/(?!lib/)|action/|app/)' },
    },
    {
      name: 'rooms-do-no-io',
      severity: 'error',
      from: { path: `^src/(${rooms})/` },
      to: { pathNot: `^(src/(lib|${rooms})/|node_modules/(zod|yaml)/|(node:)?(crypto|path|buffer)$|path/posix$)` },
    },
    {
      name: 'one-thing-before-several',
      severity: 'error',
      from: { path: `^src/(${aboutOneThing})/` },
      to: { path: `^src/(${aboutSeveral})/` },
    },
    {
      name: 'flows-use-rooms-and-ports',
      severity: 'error',
      from: { path: '^src/flows/' },
      to: { pathNot: `^src/(lib|${rooms}|flows)/` },
    },
    {
      name: 'adapters-import-rooms-and-ports-only',
      severity: 'error',
      from: { path: '^src/adapters/' },
      to: {
        path: '^(src/(flows/(?!((github|pull-request)-)?ports\\.ts)|cli/|courier(-options)?\\.ts|create-ports\\.ts|responder\\.ts)|action/|app/)',
      },
    },
    {
      name: 'adapters-do-not-meet',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/' },
      to: { path: '^src/adapters/', pathNot: '^src/adapters/$1/' },
    },
    {
      name: 'only-courier-chooses-adapters',
      severity: 'error',
      from: { path: '^(src/cli|action|app)/' },
      to: { path: '^src/adapters/' },
    },
    {
      name: 'faces-do-not-meet',
      severity: 'error',
      // `courier app` starts the app: the one crossing, of two files.
      from: { path: '^(src/cli|action|app)/', pathNot: '^src/cli/app\\.ts$' },
      to: { path: '^(src/cli|action|app)/', pathNot: '^$1/' },
    },
    {
      name: 'courier-app-starts-the-app',
      severity: 'error',
      from: { path: '^src/cli/app\\.ts$' },
      to: { path: '^(action|app)/', pathNot: '^app/index\\.ts$' },
    },
    { name: 'nothing-imports-test', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
    only('octokit-in-its-adapter', '^(src/adapters/github/|test/)', {
      path: '^node_modules/@octokit/',
    }),
    only('anthropic-in-its-adapter', '^(src/adapters/anthropic/|test/)', { path: '^node_modules/@anthropic-ai/' }),
    only('e2b-in-its-adapter', '^(src/adapters/e2b/|test/)', { path: '^node_modules/e2b/' }),
    only('mcp-in-its-adapter', '^(src/adapters/mcp/|test/)', { path: '^node_modules/@modelcontextprotocol/' }),
    only('probot-in-the-app', '^(app/|test/)', { path: '^node_modules/(probot|prom-client|pino)/' }),
    only('actions-in-the-action', '^(action/|test/)', { path: '^node_modules/@actions/' }),
    only('child-process-in-local', '^(src/adapters/(local|cli-agents)/|action/build\\.mjs|test/)', {
      path: '^(node:)?child_process$',
    }),
    only('tree-sitter-in-syntax', '^(src/adapters/syntax/|test/)', { path: 'tree-sitter' }),
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(test/fixtures|action/dist|build|src/adapters/syntax/grammars)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
