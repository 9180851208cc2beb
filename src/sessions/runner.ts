import type { Trigger } from '../events/trigger.ts';
import type { Runner } from './session.ts';

/** Where a session works: a run of a workflow, else this process. */
export function runnerOf({ run, attempt = 1 }: Trigger, { own }: { own: { host: string; pid: number } }): Runner {
  const [, id] = /\/actions\/runs\/(\d+)$/.exec(run ?? '') ?? [];
  return id === undefined ? { kind: 'process', ...own } : { kind: 'workflow', run: Number(id), attempt };
}
