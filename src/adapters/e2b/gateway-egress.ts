import { isIP } from 'node:net';
import { messageOf } from '../../lib/errors.ts';
import { type GatewaySpec, keyHeader } from '../../sandboxes/gateway.ts';
import type { ModelKeyPlace, Sandbox } from '../../sandboxes/sandbox.ts';
import { everywhere, shutNetwork } from './create-machine.ts';
import type { Tools } from './left-behind.ts';
import { withRetries } from './retry.ts';

type Opened = Pick<Sandbox, 'gateway' | 'gatewayProblem'>;

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
  if (host === undefined) return { gatewayProblem: `A sandbox at E2B calls https://HOST alone, not ${upstream}.` };
  const url = upstream.replace(/\/+$/, '');
  const rules = { [host]: [{ transform: { headers: everyHeader(spec) } }] };
  const outside = await tryToOpen(id, { allowOut: [host], denyOut: [everywhere], rules }, tools);
  if (outside === undefined) return { gateway: { url, key: spec.token, hosted: false } };
  const why = outside.replaceAll(key, '[key]');
  if (modelKey === 'outside') {
    return {
      gatewayProblem: `${why} (The key cannot be added outside of the sandbox. Use the local sandbox, or accept with sandbox.modelKey: inside that the sandbox gets the key itself: take one that is short-lived and has a limit.)`,
    };
  }
  const inside = await tryToOpen(id, { allowOut: [host], denyOut: [everywhere] }, tools);
  if (inside !== undefined) return { gatewayProblem: inside.replaceAll(key, '[key]') };
  tools.log.warn(`${why} (The sandbox gets the key itself, as sandbox.modelKey: inside allows.)`);
  return { gateway: { url, key, hosted: false } };
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

/** What a program sends in the place of the key is replaced, whichever of a vendor's headers it takes for it. */
function everyHeader({ vendor, upstream, key }: GatewaySpec): Record<string, string> {
  const both = vendor === 'anthropic' ? { 'x-api-key': key, authorization: `Bearer ${key}` } : {};
  return { ...both, ...keyHeader({ vendor, upstream, key }) };
}

/** By the name alone: rules of E2B know neither ports nor addresses, and a key does not travel in the clear. */
function hostOf(upstream: string): string | undefined {
  const url = URL.parse(upstream);
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') return undefined;
  const { hostname } = url;
  return isIP(hostname.replace(/^\[|\]$/g, '')) === 0 && hostname.includes('.') ? hostname : undefined;
}
