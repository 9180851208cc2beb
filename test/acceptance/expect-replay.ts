import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { replaySession } from '../../src/courier.ts';
import { silentLog } from '../../src/lib/log.ts';

/** Replays what a session left and expects the same findings and the same plan. Sessions that nobody may read, that scanned nothing, or that were resumed, have no recording; one that was ended
 * before its time is not on record to its end. */
export async function expectSameReplay(repositoryPath: string, folder: string): Promise<boolean> {
  if (!isRecorded(folder)) return false;
  const { differences } = await replaySession({ repositoryPath, folder }, { log: silentLog });
  expect(differences).toEqual([]);
  return true;
}

function isRecorded(folder: string): boolean {
  try {
    const { session } = JSON.parse(readFileSync(path.join(folder, 'session.json'), 'utf8'));
    if (session.stopReason === 'user') return false;
    const events = readFileSync(path.join(folder, 'events.ndjson'), 'utf8');
    return events.includes('"what":"scope"') && events.split('"type":"session-started"').length === 2;
  } catch {
    return false;
  }
}
