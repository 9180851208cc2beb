/** The keyless checks that Courier brings along, in the order in which they are reported. */
export const presetNames = ['secretlint', 'ast-grep', 'oxlint', 'tsc', 'shellcheck', 'audit'] as const;
export type PresetName = (typeof presetNames)[number];

export function isPresetName(name: string): name is PresetName {
  return presetNames.some((one) => one === name);
}
