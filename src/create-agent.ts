import type { Agent } from './agents/agent.ts';
import { type ApiAccess, createProgramAgent } from './agents/programs/create-program-agent.ts';
import { findProgram } from './agents/programs/programs.ts';
import { createBuiltInAgent } from './agents/run-agent.ts';
import type { CourierOptions, ModelAccess } from './courier-options.ts';
import type { Ports } from './flows/ports.ts';
import { systemClock } from './lib/clock.ts';
import type { GatewayVendor } from './sandboxes/gateway.ts';

type AgentPorts = Pick<Ports, 'agent' | 'model' | 'chooseAgent'>;

const upstreams = {
  anthropic: 'https://api.anthropic.com',
  openai: 'https://api.openai.com/v1',
  google: 'https://generativelanguage.googleapis.com',
} as const satisfies Record<GatewayVendor, string>;

/** The agents for which there are keys: the built-in one, and those that drive a program of others. */
export async function createAgentPorts({ models }: Pick<CourierOptions, 'models'>): Promise<AgentPorts> {
  const builtIn = await createBuiltIn(models.anthropic);
  return {
    ...builtIn,
    async chooseAgent({ tool, model }) {
      if (tool === 'anthropic' || tool === 'none') return builtIn;
      const program = findProgram(tool);
      // The judge's questions go to the vendor whose model is named.
      const judge = program?.vendorOf(model) === 'anthropic' ? builtIn.model : undefined;
      return { agent: program && (await createOther(program, models)), model: judge };
    },
  };
}

async function createBuiltIn(access: ModelAccess | undefined): Promise<Pick<Ports, 'agent' | 'model'>> {
  if (!access) return { agent: undefined, model: undefined };
  const { createAnthropicModel } = await import('./adapters/anthropic/anthropic-model.ts');
  const { apiKey, baseUrl } = access;
  const model = createAnthropicModel({ apiKey, ...(baseUrl ? { baseUrl } : {}) }, { clock: systemClock });
  return { agent: createBuiltInAgent(model, { clock: systemClock }), model };
}

async function createOther(
  program: NonNullable<ReturnType<typeof findProgram>>,
  models: CourierOptions['models'],
): Promise<Agent> {
  const { serveTools } = await import('./adapters/mcp/serve-tools.ts');
  const of = (vendor: GatewayVendor): Partial<Record<GatewayVendor, ApiAccess>> => {
    const access = models[vendor];
    return access ? { [vendor]: { key: access.apiKey, upstream: access.baseUrl ?? upstreams[vendor] } } : {};
  };
  const access = { ...of('anthropic'), ...of('openai'), ...of('google') };
  return createProgramAgent(program, { clock: systemClock, access, serveTools });
}
