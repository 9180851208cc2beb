import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readEnvironment } from '../../app/environment.ts';
import { createMetrics } from '../../app/metrics.ts';
import { blocksIn, read, root } from './markdown.ts';

const page = read('docs/app.md');
const blockOf = (language: string) => blocksIn('docs/app.md').find((block) => block.language === language)?.text ?? '';
/** The code in the first cells of all rows whose first cell is code. */
const rows = page.split('\n').flatMap((line) => {
  const [, cell] = /^\| (`[^|]*`) \|/.exec(line) ?? [];
  return cell ? [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name) : [];
});
const manifest = z
  .object({ default_events: z.array(z.string()), default_permissions: z.record(z.string(), z.string()) })
  .parse(parse(read('app.yml')));

it('says of each permission of the manifest why, and of no other', () => {
  const named = rows.filter((row) => /^[a-z_]+: (?:read|write)$/.test(row)).sort();
  expect(named).toEqual(
    Object.entries(manifest.default_permissions)
      .map(([name, level]) => `${name}: ${level}`)
      .sort(),
  );
});

it('lists the variables that the example has', () => {
  const example = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name);
  expect(example.length).toBeGreaterThan(8);
  expect(rows).toEqual(expect.arrayContaining(example));
});

it('lists variables that are read: a wrong value of each is refused or told', () => {
  const credentials = { APP_ID: '1', PRIVATE_KEY: 'x', WEBHOOK_SECRET: 'x' };
  const values = {
    APP_ID: 'x',
    PORT: 'x',
    GHE_HOST: 'https://x',
    GHE_PROTOCOL: 'ftp',
    GITHUB_API_URL: 'x',
    GITHUB_GRAPHQL_URL: 'x',
  };
  const more = { GITHUB_SERVER_URL: 'x', WEBHOOK_PROXY_URL: 'x', LOG_LEVEL: 'x', COURIER_WORKFLOW: '../x' };
  for (const [name, value] of Object.entries({ ...values, ...more })) {
    expect(rows).toContain(name);
    expect(() => readEnvironment({ ...credentials, [name]: value })).toThrow(name);
  }
});

it('lists the metrics that there are', async () => {
  const { text } = await createMetrics({ size: () => ({ waiting: 0, running: 0 }) }).render();
  const ours = [...text.matchAll(/^# HELP (courier_\w+)/gm)].map(([, name = '']) => name).sort();
  expect(rows.filter((row) => row.startsWith('courier_')).sort()).toEqual(ours);
});

it('has a container file whose instructions are known and whose files are there', () => {
  const lines = blockOf('dockerfile').trim().split('\n');
  const words = lines.filter((line) => !line.startsWith('#')).map((line) => line.split(' '));
  const known = ['FROM', 'WORKDIR', 'COPY', 'RUN', 'ENV', 'USER', 'EXPOSE', 'CMD'];
  expect(words.map(([first]) => first).filter((first) => !known.includes(first ?? ''))).toEqual([]);
  expect(words[0]?.[0]).toBe('FROM');
  const copied = words.filter(([first]) => first === 'COPY').flatMap((line) => line.slice(1, -1));
  expect(copied.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
  const command = z.array(z.string()).parse(JSON.parse(lines.at(-1)?.replace('CMD ', '') ?? ''));
  expect(command[0]).toBe('node');
  expect(existsSync(path.join(root, command[1] ?? ''))).toBe(true);
});

it('has a systemd unit that starts what is there', () => {
  const unit = blockOf('ini');
  expect([...unit.matchAll(/^\[(\w+)\]$/gm)].map(([, name]) => name)).toEqual(['Unit', 'Service', 'Install']);
  const [, entry = ''] = /^ExecStart=\/usr\/bin\/node (\S+)$/m.exec(unit) ?? [];
  expect(existsSync(path.join(root, entry))).toBe(true);
});
