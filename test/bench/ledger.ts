import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createFolderStore } from '../../src/adapters/local/folder-store.ts';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import { aFinding } from '../ledger/builders.ts';
import type { Comparison } from './harness.ts';

const digits = '0123456789abcdefghjkmnpqrstvwxyz';

/** 1,000 findings into a new ledger in a folder and out of it again, beside one file of JSON. */
export function ledger(): Comparison {
  const findings = Array.from({ length: 1000 }, (_, at) =>
    aFinding({ id: `F-${digits[at % 32]}${String(at).padStart(7, '0')}`, title: `Problem ${at}` }),
  );
  return {
    what: 'ledger in a folder: 1,000 findings written and read',
    beside: 'one JSON file, not checked on reading',
    repetitions: 15,
    courier: () =>
      inFolder(async (folder) => {
        const store = createFolderStore(folder);
        await updateLedger(store, 'bench', () => ({ findings }));
        const read = await readLedger(await store.read());
        if (read.findings.length !== findings.length) throw new Error(`${read.findings.length} came back`);
      }),
    other: () =>
      inFolder(async (folder) => {
        const file = path.join(folder, 'findings.json');
        writeFileSync(file, JSON.stringify(findings, null, 1));
        if (JSON.parse(readFileSync(file, 'utf8')).length !== findings.length) throw new Error('not all came back');
      }),
  };
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'courier-bench-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
