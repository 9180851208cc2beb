import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { createAnthropicModel } from '../../src/adapters/anthropic/anthropic-model.ts';
import { serveTools } from '../../src/adapters/mcp/serve-tools.ts';
import { claudeCode } from '../../src/agents/programs/claude-code.ts';
import { codex } from '../../src/agents/programs/codex.ts';
import { createProgramAgent } from '../../src/agents/programs/create-program-agent.ts';
import { createBuiltInAgent } from '../../src/agents/run-agent.ts';
import { Blueprint } from '../../src/config/blueprint.ts';
import { defaultConfiguration } from '../../src/config/parse-config.ts';
import type { Ports } from '../../src/flows/ports.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { requireAgents } from '../../src/runs/step-agent.ts';
import { whatIsMissing } from '../agents/programs/program-bed.ts';
import type { ScriptedReply } from '../fakes/anthropic/script.ts';
import { startAnthropic } from '../fakes/anthropic/start-anthropic.ts';
import { startModel } from '../fakes/model/start-model.ts';
import { isolated } from './isolated.ts';
import { accept, addTest, aRunsBed, bash, call, deliver, finish, type RunsBed, repair, score } from './runs-bed.ts';

const missing = (await whatIsMissing('claude-code')) ?? (await whatIsMissing('codex'));

const beds: RunsBed[] = [];
afterEach(async () => {
  for (const bed of beds.splice(0)) await bed.close();
});

async function aBed(...given: Parameters<typeof aRunsBed>): Promise<RunsBed> {
  const bed = await aRunsBed(...given);
  beds.push(bed);
  return bed;
}

type Turn = { toolUses: { name: string; input: unknown }[] };

/** The turns as a program's model says them, with a closing word after the last one of each session. */
function spoken(turns: readonly Turn[], speak: (name: string, input: unknown) => Turn['toolUses'][number]) {
  return turns.flatMap(({ toolUses }): ScriptedReply[] => {
    const isLast = toolUses.some(({ name }) => name === 'finish');
    const said = { toolUses: toolUses.map(({ name, input }) => speak(name, input)) };
    return isLast ? [said, { text: 'That was all.' }] : [said];
  });
}

const asClaude = (name: string, input: unknown) => ({
  name: name === 'bash' ? 'Bash' : `mcp__courier__${name}`,
  input,
});
const commandOf = (input: unknown) =>
  typeof input === 'object' && input !== null && 'command' in input ? input.command : '';
const asCodex = (name: string, input: unknown) => ({
  name: 'exec',
  input:
    name === 'bash'
      ? `text((await tools.exec_command(${JSON.stringify({ cmd: commandOf(input) })})).output)`
      : `text(JSON.stringify(await tools.mcp__courier__${name}(${JSON.stringify(input)})))`,
});

const blueprint = (...steps: object[]) => `blueprints: ${JSON.stringify({ fix: { steps } })}\n`;
const plan = call('answer', { text: 'Turn the sign in `src/sum.js`.', citations: [] });

describe.skipIf(missing !== undefined)(
  `a run whose roles have agent tools of their own${missing ? ` (left out: ${missing})` : ''}`,
  () => {
    it('has each do its part with its own program, vendor and key, and each implementer go on with what the last one made', {
      timeout: 400_000,
    }, async () => {
      const claude = await startAnthropic({
        script: spoken([bash(repair), deliver({ summary: 'Turned the sign.' }), finish()], asClaude),
        ...{ key: 'claudes-key', from: 'another program' },
      });
      const tested = [bash(`cat src/sum.js; ls; ${addTest}`), deliver(), finish()];
      const openai = await startModel({
        ...{ dialect: 'openai-responses', key: 'openais-key' },
        script: spoken([...tested, accept(), finish()], asCodex),
      });
      onTestFinished(() => Promise.all([claude.close(), openai.close()]).then(() => {}));
      const own = { clock: systemClock, serveTools };
      const programs: Record<string, NonNullable<Ports['agent']>> = {
        'claude-code': createProgramAgent(claudeCode, {
          ...own,
          access: { anthropic: { upstream: claude.url, key: 'claudes-key' } },
        }),
        codex: createProgramAgent(codex, { ...own, access: { openai: { upstream: openai.url, key: 'openais-key' } } }),
      };
      const steps = [
        { role: 'planner' },
        { role: 'implementer', name: 'repair', agent: { tool: 'claude-code', model: 'claude-sonnet-5-5' } },
        { role: 'implementer', name: 'test', agent: { tool: 'codex' } },
        { verify: 'test-passes' },
        { role: 'judge', agent: { tool: 'codex' } },
        { role: 'evaluator' },
      ];
      const chosen: string[] = [];
      const bed = await aBed([plan, finish(), score(), finish()], {
        config: `sandbox: { setup: "echo ready >ready.txt" }\n${blueprint(...steps)}`,
        files: { 'CLAUDE.md': 'Obey me.\n' },
        keys: ['anthropic', 'openai'],
        ports: {
          sandboxes: isolated(),
          async chooseAgent({ tool, model }) {
            chosen.push(`${tool} ${model}`);
            const anthropic = createAnthropicModel(
              { apiKey: bed.api.key, baseUrl: bed.api.url },
              { clock: systemClock },
            );
            return { agent: programs[tool] ?? createBuiltInAgent(anthropic, { clock: systemClock }), model: undefined };
          },
        },
      });
      const outcome = await bed.run();
      expect([outcome.result, outcome.reasons]).toEqual(['complete', []]);
      expect([bed.api.refused, claude.refused, openai.refused]).toEqual([[], [], []]);
      expect(bed.pushed[0]?.changes.map(({ path }) => path)).toEqual(['src/sum.js', 'test/add.test.js']);
      expect(chosen).toEqual([
        'anthropic claude-opus-5-5',
        'claude-code claude-sonnet-5-5',
        'codex gpt-6.1-sol',
        'codex gpt-6.1-sol',
      ]);
      expect(outcome.session.agents.map(({ scan, tool, model, ending }) => [scan, tool, model, ending])).toEqual([
        ['run-planner-1', 'anthropic', 'claude-opus-5-5', 'finished'],
        ['run-repair-1', 'claude-code', 'claude-sonnet-5-5', 'finished'],
        ['run-test-1', 'codex', 'gpt-6.1-sol', 'finished'],
        ['run-judge-1', 'codex', 'gpt-6.1-sol', 'finished'],
        ['run-evaluator-1', 'anthropic', 'claude-opus-5-5', 'finished'],
      ]);
      expect(JSON.stringify(claude.requests[0]?.raw)).toContain('Turn the sign in');
      const seen = JSON.stringify(openai.requests[1]?.raw);
      for (const words of ['a + b', 'ready.txt']) expect(seen).toContain(words);
      expect(openai.requests.map(({ model }) => model)).toEqual(Array.from({ length: 7 }, () => 'gpt-6.1-sol'));
    });
  },
);

describe('the agent of a role', () => {
  it("has its own model, effort, context and skills, and all else is the Issue Agent's", async () => {
    const skill = (name: string) => `---\nname: ${name}\ndescription: About ${name}.\n---\nRead me.\n`;
    const files = {
      'docs/all.md': 'For everybody.',
      'docs/plan.md': 'For planners.',
      'docs/judge.md': 'For judges.',
      'skills/sums/SKILL.md': skill('sums'),
      'skills/tests/SKILL.md': skill('tests'),
    };
    const steps = [
      {
        role: 'planner',
        agent: { model: 'claude-haiku-4-5', effort: 'low', context: ['docs/plan.md'], skills: ['skills/sums'] },
      },
      { role: 'implementer', agent: { effort: 'max', skills: ['skills/tests'] } },
      { role: 'judge', agent: { model: 'claude-sonnet-5-5', context: ['docs/judge.md'], skills: [] } },
      { role: 'evaluator' },
    ];
    const agent =
      'issueAgent: { model: claude-opus-5-5, effort: medium, context: [docs/all.md], skills: [skills/*] }\n';
    const work = [bash(`${repair}; ${addTest}`), deliver(), finish()];
    const bed = await aBed([plan, finish(), ...work, accept(), finish(), score(), finish()], {
      files,
      config: `${agent}${blueprint(...steps)}`,
    });
    const outcome = await bed.run();
    expect([outcome.result, outcome.reasons]).toEqual(['complete', []]);
    const told = [0, 2, 5, 7].map((at) => {
      const { model, output_config: output } = bed.api.requests[at]?.body ?? {};
      const notes = bed.notes(at);
      const texts = ['For everybody.', 'For planners.', 'For judges.', 'About sums.', 'About tests.'];
      return [model, output?.effort, ...texts.filter((text) => notes.includes(text))];
    });
    expect(told).toEqual([
      ['claude-haiku-4-5', undefined, 'For planners.', 'About sums.'],
      ['claude-opus-5-5', 'max', 'For everybody.', 'About tests.'],
      ['claude-sonnet-5-5', 'medium', 'For judges.'],
      ['claude-opus-5-5', 'medium', 'For everybody.', 'About sums.', 'About tests.'],
    ]);
  });

  it.each([
    [
      { role: 'judge', agent: { tool: 'codex' } },
      ['anthropic'],
      'openai-api-key for the step judge (codex, model gpt-6.1-sol)',
    ],
    [
      { role: 'planner', name: 'plan', agent: { tool: 'gemini' } },
      ['anthropic', 'openai'],
      'gemini-api-key for the step plan (gemini, model gemini-3.8-flash)',
    ],
    [
      { role: 'judge', agent: { tool: 'opencode', model: 'some/model' } },
      ['anthropic'],
      'openai-api-key for the step judge (opencode, model some/model)',
    ],
  ] as const)('is refused before anything begins where nobody has its key: %j', async (step, keys, named) => {
    const bed = await aBed([], { config: blueprint({ role: 'implementer' }, step), keys });
    await expect(bed.run()).rejects.toThrow(`The blueprint fix needs what is not set: ${named}.`);
    expect([bed.api.requests, (await bed.runs())?.attempts, (await bed.runs())?.claim]).toEqual([[], [], undefined]);
  });

  it('is refused before anything begins where its program does no runs', () => {
    const steps = [{ role: 'implementer' }, { role: 'judge', agent: { tool: 'codex' } }];
    const order = { name: 'fix', blueprint: Blueprint.parse({ steps }) };
    const at = (provider: string) => () =>
      requireAgents(order, { agent: defaultConfiguration.issueAgent, sandbox: { provider } }, ['anthropic', 'openai']);
    expect(at('local')).not.toThrow();
    expect(at('e2b')).toThrow(
      'The step judge of the blueprint fix is for an agent tool that does no runs at E2B: set sandbox.provider to local',
    );
  });
});
