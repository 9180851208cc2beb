import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { courierVersion } from '../../src/lib/version.ts';

it('says the version of package.json', () => {
  expect(courierVersion).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
});
