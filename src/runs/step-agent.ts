import { defaultModel } from '../agents/prices.ts';
import { findProgram, keyNames, modelFor, vendorFor } from '../agents/programs/programs.ts';
import { AgentSettings } from '../config/agent-settings.ts';
import type { Blueprint, RoleStep } from '../config/blueprint.ts';
import { UserError } from '../lib/errors.ts';
import type { GatewayVendor } from '../sandboxes/gateway.ts';
import { nameStep } from './render-diagram.ts';

/** Tools that spell the ids of models alike: one of them may take the other's. */
const alike: ReadonlySet<string> = new Set(['anthropic', 'claude-code']);

/** How the agent of a step works: by its own settings, and for all else by the Issue Agent's. */
export function agentOf({ agent: own = {} }: Pick<RoleStep, 'agent'>, issueAgent: AgentSettings): AgentSettings {
  const settings = AgentSettings.parse({ ...issueAgent, ...own });
  const { tool, model } = settings;
  const isOwn = own.model !== undefined || tool === issueAgent.tool || (alike.has(tool) && alike.has(issueAgent.tool));
  return { ...settings, model: modelFor(tool, isOwn ? model : defaultModel) };
}

/**
 * What nobody could do is told before anybody begins.
 *
 * @param modelKeys whose keys there are
 * @throws UserError that names every step whose agent has no key, and the key; or a step that cannot be done where the sandbox is.
 */
export function requireAgents(
  { name, blueprint: { steps } }: { name: string; blueprint: Blueprint },
  { agent: issueAgent, sandbox }: { agent: AgentSettings; sandbox: { provider: string } },
  modelKeys: readonly GatewayVendor[],
): void {
  const missing = steps.flatMap((step) => {
    if (!('role' in step)) return [];
    const { tool, model } = agentOf(step, issueAgent);
    const vendor = vendorFor(tool, model);
    if (!vendor || modelKeys.includes(vendor)) return [];
    return [`${keyNames[vendor].input} for the step ${nameStep(step)} (${tool}, model ${model})`];
  });
  if (missing.length > 0)
    throw new UserError(
      `The blueprint ${name} needs what is not set: ${[...new Set(missing)].join('; ')}. Give Courier's step in the workflow that input, or the blueprint's step another agent.`,
    );
  if (sandbox.provider !== 'e2b') return;
  // What they hand over there, commands of the repository could forge.
  const away = steps.find((step) => 'role' in step && findProgram(agentOf(step, issueAgent).tool));
  if (away)
    throw new UserError(
      `The step ${nameStep(away)} of the blueprint ${name} is for an agent tool that does no runs at E2B: set sandbox.provider to local, or the agent's tool to anthropic.`,
    );
}
