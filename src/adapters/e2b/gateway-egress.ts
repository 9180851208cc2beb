import { isIP } from 'node:net';
import { messageOf } from '../../lib/errors.ts';
import { type GatewaySpec, keyHeader } from '../../sandboxes/gateway.ts';
import type { ModelKeyPlace, Sandbox } from '../../sandboxes/sandbox.ts';
import { everywhere, shutNetwork } from './create-machine.ts';
import type { Tools } from './left-behind.ts';
import { withRetries } from './retry.ts';

type Opened = Pick<Sandbox, 'gateway' | 'gatewayProblem'>;

/** Where E2B puts the authority of its proxy; programs that bring their own authorities along do not look there by themselves. */
const authorities = '/etc/ssl/certs/ca-certificates.crt';

/**
 * Opens one API to a sandbox that reaches nothing else: E2B's egress proxy, outside of it, puts the key into each call to that host. It knows
 * hosts alone: paths are not looked at and calls are not counted.
 *
 * @param spec.modelKey where the account cannot have that, `inside` opens the host all the same, and commands get the key
 * @returns how the API is called, or why it cannot be had: the sandbox does without.
 * @throws ExternalError where nobody knows what the sandbox reaches.
 */
export async function openGatewayEgress(
  id: string,
  spec: GatewaySpec & { modelKey: ModelKeyPlace },
  tools: Tools,
): Promise<Opened> {
  const { upstream, key, modelKey } = spec;
  const host = hostOf(upstream);
  const url = baseOf(spec);
  if (host === undefined || url === undefined) return { gatewayProblem: whyNot(spec) };
  const rules = { [host]: [{ transform: { headers: everyHeader(spec) } }] };
  const outside = await tryToOpen(id, { allowOut: [host], denyOut: [everywhere], rules }, tools);
  if (outside === undefined) return { gateway: { url, key: spec.token, hosted: false, authorities } };
  const why = outside.replaceAll(key, '[key]');
  if (modelKey === 'outside') {
    return {
      gatewayProblem: `${why} (The key cannot be added outside of the sandbox. Use the local sandbox, or accept with sandbox.modelKey: inside that the sandbox gets the key itself: take one that is short-lived and has a limit.)`,
    };
  }
  const inside = await tryToOpen(id, { allowOut: [host], denyOut: [everywhere] }, tools);
  if (inside !== undefined) return { gatewayProblem: inside.replaceAll(key, '[key]') };
  tools.log.warn(`${why} (The sandbox gets the key itself, as sandbox.modelKey: inside allows.)`);
  return { gateway: { url, key, hosted: false, authorities } };
}

type Network = Parameters<Tools['account']['Sandbox']['updateNetwork']>[1];

/** @returns why it did not work; then everything is shut. */
async function tryToOpen(id: string, network: Network, { account, patience }: Tools): Promise<string | undefined> {
  try {
    const open = () => account.Sandbox.updateNetwork(id, network);
    await withRetries(open, { what: 'E2B did not open an API to a sandbox', patience });
    return undefined;
  } catch (error) {
    await shutNetwork(account, id, patience);
    return messageOf(error);
  }
}

/** What a program sends in the place of the key is replaced. To Anthropic itself it goes in one header, to others in whichever they take. */
function everyHeader(spec: GatewaySpec): Record<string, string> {
  const header = keyHeader(spec);
  return spec.vendor === 'anthropic' ? { 'x-api-key': spec.key, ...header } : { ...header };
}

/** What programs put the API's paths behind, with their version in them: the proxy changes none. */
function baseOf({ vendor, upstream }: GatewaySpec): string | undefined {
  const url = upstream.replace(/\/+$/, '');
  if (vendor !== 'openai') return url;
  return url.endsWith('/v1') ? url.slice(0, -'/v1'.length) : undefined;
}

function whyNot({ vendor, upstream }: GatewaySpec): string {
  const how = vendor === 'openai' ? 'https://HOST/…/v1' : 'https://HOST';
  return `A sandbox at E2B calls ${how} alone, not ${upstream}. Use the local sandbox (sandbox: local).`;
}

/** By the name alone: rules of E2B know neither ports nor addresses, and a key does not travel in the clear. */
function hostOf(upstream: string): string | undefined {
  const url = URL.parse(upstream);
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') return undefined;
  const { hostname } = url;
  return isIP(hostname.replace(/^\[|\]$/g, '')) === 0 && hostname.includes('.') ? hostname : undefined;
}
