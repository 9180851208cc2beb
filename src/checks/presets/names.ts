/** The keyless checks that Courier brings along, in the order in which they are reported. */
export const presetNames = ['secretlint', 'ast-grep', 'oxlint', 'tsc', 'shellcheck', 'audit'] as const;
export type PresetName = (typeof presetNames)[number];
