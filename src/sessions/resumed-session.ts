import { noUsage } from '../agents/usage.ts';
import type { Trigger } from '../events/trigger.ts';
import type { Restored } from './restored.ts';
import type { Runner, Session } from './session.ts';
import type { AgentScan, Overrides, ScanSettings } from './settings.ts';

/** What asks today's configuration for the settings that the session began with. What a person gives with the resume goes before. */
export function toOverrides({ configuration }: Session, given: Overrides): Overrides {
  const [first] = configuration?.scans ?? [];
  return {
    model: configuration?.model,
    maxIterations: configuration?.maxIterations,
    budgetUsd: configuration?.budgetUsd,
    ...(configuration ? { timeoutMinutes: configuration.timeoutMs / 60_000 } : {}),
    ...withoutAbsent(given),
    scan: undefined,
    paths: undefined,
    prompt: first?.prompt,
    ...(first ? {} : { agent: 'none' as const }),
  };
}

function withoutAbsent(given: Overrides): Overrides {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** The settings with the scans of the session, all of them. */
export function settingsOf({ configuration }: Session, settings: ScanSettings): ScanSettings {
  const scans: readonly AgentScan[] = configuration?.scans ?? [];
  return { ...settings, scans };
}

/** The record of a session that goes on: what ended its last part is gone from it, what that part found stays. */
export function resumedRecord(
  before: Session,
  {
    at,
    restored,
    trigger,
    runner,
    deadline,
  }: {
    at: string;
    restored: Restored;
    trigger: Trigger;
    runner: Runner;
    deadline: string;
  },
): Session {
  const { endedAt: _, result: __, stopReason: ___, artifact: ____, sandbox: _____, ...rest } = before;
  const how =
    restored.from === 'journal'
      ? `Resumed at ${at} where it was, from its files.`
      : `Resumed at ${at} from its record alone: what its agent had read and thought was lost. ${restored.why}`;
  return {
    ...rest,
    ...(trigger.run ? { run: trigger.run } : {}),
    runner,
    deadline,
    usage: noUsage,
    phase: 'running',
    resumedAt: [...before.resumedAt, at],
    reasons: [],
    notes: [...before.notes, how],
  };
}
