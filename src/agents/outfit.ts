import type { GatewayDecision, GatewayEvent, GatewayRoute, GatewaySpec } from '../sandboxes/gateway.ts';
import type { SandboxSpec } from '../sandboxes/sandbox.ts';

/** What the gateway of a sandbox asks and tells. */
export type GatewayEar = Pick<GatewaySpec, 'decide'> & {
  onEvent: (event: GatewayEvent) => void;
  /** Answers `toolsPath`. */
  tools: GatewayRoute;
};

/** Where Courier's tools are, below the gateway's URL. */
export const toolsPath = '/mcp';

/**
 * What an agent's sandbox is made with. The gateway is there before anybody works in the sandbox, and may outlast who does: whoever works in it listens.
 */
export type Outfit = {
  readonly spec: Pick<SandboxSpec, 'gateway' | 'program'>;
  /** From now on this one is asked, until the returned function is called; then nobody is, and calls are refused. */
  listen(ear: GatewayEar): () => void;
};

/** @param gateway all but what an ear is there for */
export function createOutfit({
  gateway,
  program,
}: {
  gateway: Omit<GatewaySpec, 'decide' | 'onEvent' | 'routes'>;
  program: NonNullable<SandboxSpec['program']>;
}): Outfit {
  let ear: GatewayEar | undefined;
  const ended: GatewayDecision = { refuse: 'ended' };
  const spec: GatewaySpec = {
    ...gateway,
    decide: (call) => ear?.decide(call) ?? ended,
    onEvent: (event) => ear?.onEvent(event),
    routes: { [toolsPath]: async (request) => (await ear?.tools(request)) ?? new Response(null, { status: 404 }) },
  };
  return {
    spec: { gateway: spec, program },
    listen(next) {
      ear = next;
      return () => {
        if (ear === next) ear = undefined;
      };
    },
  };
}
