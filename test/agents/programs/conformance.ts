import { afterEach, describe, it } from 'vitest';
import { type Bed, openBed, type Tools, whatIsMissing } from './program-bed.ts';
import { faults } from './scenarios/faults.ts';
import { hostile } from './scenarios/hostile.ts';
import { limits } from './scenarios/limits.ts';
import { people } from './scenarios/people.ts';
import { scans } from './scenarios/scans.ts';
import type { Scenario, Stage } from './scenarios/scenario.ts';

const timeout = 240_000;
const scenarios: readonly Scenario[] = [...scans, ...people, ...limits, ...faults, ...hostile];

/** Who does the work of sessions, and takes part in this. `slow`: it takes seconds to start, so the suite has it play a part of the table. */
export const tools: Readonly<Record<Tools, { slow: boolean }>> = {
  anthropic: { slow: false },
  'claude-code': { slow: false },
  codex: { slow: false },
  gemini: { slow: true },
  opencode: { slow: true },
};

/** One table for the built-in agent and the real programs of others, in a local sandbox. */
export async function describeTool(tool: Tools, how: 'in the suite' | 'whole'): Promise<void> {
  const missing = await whatIsMissing(tool);
  const left = missing === undefined ? '' : ` (left out: ${missing})`;
  describe.skipIf(missing !== undefined)(`a session by ${tool} in a local sandbox${left}`, () => {
    const beds: Bed[] = [];
    const open: Stage['open'] = async (turns, options) => {
      const bed = await openBed(tool, turns, options);
      beds.push(bed);
      return bed;
    };
    afterEach(async () => {
      for (const bed of beds.splice(0)) await bed.close();
    });
    for (const { name, always = false, of: takesPart = () => true, play } of scenarios) {
      if (!takesPart(tool) || (how === 'in the suite' && tools[tool].slow && !always)) continue;
      it(name, { timeout }, () => play({ tool, open }));
    }
  });
}
