import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';

/** The bundle without the client of GitHub: whoever loads it fails. */
export function bundleWithoutOctokit(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'courier-dist-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync('action/dist', folder, { recursive: true });
  const chunks = readdirSync(folder).filter((name) => /^\d+\.index\.js$/.test(name));
  const octokit = chunks.filter((name) => readFileSync(path.join(folder, name), 'utf8').includes('octokit-rest.js/'));
  expect(octokit.length).toBeGreaterThan(0);
  for (const name of octokit) rmSync(path.join(folder, name));
  return folder;
}
