import { afterEach, describe, it } from 'vitest';
import { type Bed, longest, openBed, type Tools, whatIsMissing } from './program-bed.ts';
import { faults } from './scenarios/faults.ts';
import { hostile } from './scenarios/hostile.ts';
import { limits } from './scenarios/limits.ts';
import { people } from './scenarios/people.ts';
import { scans } from './scenarios/scans.ts';
import type { Scenario, Stage } from './scenarios/scenario.ts';
import { whole } from './scenarios/whole.ts';

const timeout = longest.test;
const scenarios: readonly Scenario[] = [whole, ...scans, ...people, ...limits, ...faults, ...hostile];

/** What the long session has in one, the agent that starts at once does row by row. */
function isInSuite(tool: Tools, scenario: Scenario): boolean {
  return tool === 'anthropic' ? scenario !== whole : scenario.suite.includes(tool);
}

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
    for (const scenario of scenarios) {
      const { name, of: takesPart = () => true, play } = scenario;
      if (!takesPart(tool) || (how === 'in the suite' && !isInSuite(tool, scenario))) continue;
      it(name, { timeout }, () => play({ tool, open }));
    }
  });
}
