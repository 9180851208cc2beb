import type { Inquiry, ScanSettings } from './settings.ts';

/** What an investigation's agent is called among the scans of its session. */
export const askName = 'ask';

/** The settings of a session that answers a question: the Issue Agent, its limits and its sandbox, and nothing else that a scan does. */
export function toAskSettings(
  settings: ScanSettings,
  { question, ...inquiry }: Inquiry & { question: string },
): ScanSettings {
  return {
    ...settings,
    scans: [{ name: askName, prompt: question, paths: [], inquiry }],
    presets: 'none',
    checks: {},
    failOn: 'never',
    judge: false,
    // It files nothing that a scan held back.
    issues: { ...settings.issues, maxNew: 0 },
  };
}
