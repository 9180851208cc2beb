import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('keeps the import rules, and sees the modules that they speak of', () => {
  const output = execFileSync(
    process.execPath,
    [
      'node_modules/.bin/depcruise',
      '--config',
      '.dependency-cruiser.mjs',
      '--output-type',
      'json',
      'src',
      'action',
      'app',
      'test',
    ],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  const { modules, summary } = JSON.parse(output);
  const sources = modules.map((module: { source: string }) => module.source);
  expect(summary.violations).toEqual([]);
  expect(sources).toContain('src/findings/finding.ts');
  expect(sources).toContain('src/flows/ports.ts');
  expect(sources).toContain('app/index.ts');
});
