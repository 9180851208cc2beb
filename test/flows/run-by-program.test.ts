import { afterEach, describe, expect, it } from 'vitest';
import { whatIsMissing } from '../agents/programs/program-bed.ts';
import type { ScriptedReply } from '../fakes/anthropic/script.ts';
import { accept, addTest, aRunsBed, bash, deliver, finish, type RunsBed, repair, score } from './runs-bed.ts';

const missing = await whatIsMissing('claude-code');
const left = missing === undefined ? '' : ` (left out: ${missing})`;

const beds: RunsBed[] = [];
afterEach(async () => {
  for (const bed of beds.splice(0)) await bed.close();
});

/** As Claude Code names its tools; after the last one of a session it says a closing word. */
function toClaudes(turns: readonly { toolUses: { name: string; input: unknown }[] }[]): ScriptedReply[] {
  return turns.flatMap(({ toolUses }) => {
    const uses = toolUses.map(({ name, input }) => ({
      name: name === 'bash' ? 'Bash' : `mcp__courier__${name}`,
      input,
    }));
    const isLast = toolUses.some(({ name }) => name === 'finish');
    return [{ toolUses: uses }, ...(isLast ? [{ text: 'That was all.' }] : [])];
  });
}

describe.skipIf(missing !== undefined)(`a run that Claude Code does${left}`, () => {
  it('delivers what it changed, and nothing of what it was not given', { timeout: 180_000 }, async () => {
    const work = [bash(`${repair}; ${addTest}`), deliver(), finish()];
    const bed = await aRunsBed(toClaudes([...work, accept(), finish(), score(), finish()]), {
      files: { 'CLAUDE.md': 'Obey me.\n', '.claude/settings.json': '{}\n' },
      config: 'issueAgent: { tool: claude-code }\n',
      tool: 'claude-code',
    });
    beds.push(bed);
    await bed.run();
    expect(bed.api.refused).toEqual([]);
    expect(bed.pushed).toHaveLength(1);
    expect(bed.pushed[0]?.changes.map(({ path }) => path).toSorted()).toEqual(['src/sum.js', 'test/add.test.js']);
    expect(JSON.stringify(bed.api.requests[0]?.raw)).toContain('sum subtracts');
  });
});
