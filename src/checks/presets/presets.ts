import { astGrep } from './ast-grep.ts';
import { audit } from './audit.ts';
import type { PresetName } from './names.ts';
import { oxlint } from './oxlint.ts';
import type { Preset } from './preset.ts';
import { secretlint } from './secretlint.ts';
import { shellcheck } from './shellcheck.ts';
import { tsc } from './tsc.ts';

/** Every preset by its name. */
export const presets = { secretlint, 'ast-grep': astGrep, oxlint, tsc, shellcheck, audit } as const satisfies Record<
  PresetName,
  Preset
>;
