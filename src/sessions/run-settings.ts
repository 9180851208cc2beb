import type { Errand, ScanSettings } from './settings.ts';

/** The settings of a run of an issue: the Issue Agent, its limits and its sandbox, and nothing else that a scan does. */
export function toRunSettings(
  settings: ScanSettings,
  { errand, prompt, model }: { errand: Errand; prompt: string; model: string | undefined },
): ScanSettings {
  return {
    ...settings,
    // One run per issue at a time: its name is what two sessions would do twice.
    scans: [{ name: `run-${errand.issue}`, prompt, paths: [], errand }],
    agent: { ...settings.agent, model: model ?? settings.agent.model },
    presets: 'none',
    checks: {},
    failOn: 'never',
    judge: false,
    // It files nothing that a scan held back.
    issues: { ...settings.issues, maxNew: 0 },
  };
}
