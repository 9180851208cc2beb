import { createMatcher } from '../lib/glob.ts';

/** Written by people of this repository: no installed, vendored, built, generated or minified code. */
export const isOwnCode = createMatcher([
  ...[
    'node_modules',
    'bower_components',
    'vendor',
    'third_party',
    'site-packages',
    '.venv',
    'venv',
    '.git',
    '.yarn',
  ].map((folder) => `!**/${folder}/**`),
  ...['dist', 'build', 'out', 'coverage', '.next', '.nuxt', '__generated__', 'generated'].map(
    (folder) => `!**/${folder}/**`,
  ),
  ...['*.min.*', '*.bundle.js', '*.generated.*', '*.pb.go', '*_pb2.py', '*.d.ts'].map((name) => `!**/${name}`),
]);

/** Product code: neither test, fixture, example, benchmark nor documentation. */
export const isProductCode = createMatcher([
  ...['test', 'tests', '__tests__', '__mocks__', 'spec', 'specs', 'e2e', 'testdata', 'testing'].map(
    (folder) => `!**/${folder}/**`,
  ),
  ...['fixture', 'fixtures', '__fixtures__', 'example', 'examples', 'sample', 'samples', 'demo', 'demos'].map(
    (folder) => `!**/${folder}/**`,
  ),
  ...['doc', 'docs', 'bench', 'benchmark', 'benchmarks', '__snapshots__'].map((folder) => `!**/${folder}/**`),
  ...['*.test.*', '*.spec.*', '*_test.go', 'test_*.py', '*_test.py', 'conftest.py', '*.stories.*'].map(
    (name) => `!**/${name}`,
  ),
]);

/** Files whose broken contents are the point of them. */
export const isFixture = createMatcher(
  ['fixture', 'fixtures', '__fixtures__', 'testdata', '__snapshots__'].map((folder) => `**/${folder}/**`),
);
