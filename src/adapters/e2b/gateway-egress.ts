import { isIP } from 'node:net';
import { messageOf } from '../../lib/errors.ts';
import { type GatewayAccess, type GatewaySpec, keyHeader } from '../../sandboxes/gateway.ts';
import { everywhere, shutNetwork } from './create-machine.ts';
import type { Tools } from './left-behind.ts';
import { withRetries } from './retry.ts';

/**
 * Opens one API to a sandbox that reaches nothing else: E2B's egress proxy, outside of it, puts the key into each call to that host. It knows
 * hosts alone: paths are not looked at and calls are not counted.
 *
 * @returns how it is called; `undefined` where it cannot be had this way, or where E2B refuses it to the account: the sandbox does without.
 * @throws ExternalError where nobody knows what the sandbox reaches.
 */
export async function openGatewayEgress(
  id: string,
  spec: GatewaySpec,
  { account, patience, log }: Tools,
): Promise<GatewayAccess | undefined> {
  const { upstream, key } = spec;
  const host = hostOf(upstream);
  if (host === undefined) {
    log.warn(
      `E2B's egress proxy puts a key into calls of https://HOST alone, not of ${upstream}: a sandbox has no API.`,
    );
    return undefined;
  }
  const rules = { [host]: [{ transform: { headers: { ...keyHeader(spec) } } }] };
  const open = () => account.Sandbox.updateNetwork(id, { allowOut: [host], denyOut: [everywhere], rules });
  try {
    await withRetries(open, { what: 'E2B did not open an API to a sandbox', patience });
    return { url: upstream.replace(/\/+$/, ''), key: spec.token, hosted: false };
  } catch (error) {
    log.warn(`${messageOf(error).replaceAll(key, '[key]')} (The sandbox has no API.)`);
    await shutNetwork(account, id, patience);
    return undefined;
  }
}

/** By the name alone: rules of E2B know neither ports nor addresses, and a key does not travel in the clear. */
function hostOf(upstream: string): string | undefined {
  const url = URL.parse(upstream);
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') return undefined;
  const { hostname } = url;
  return isIP(hostname.replace(/^\[|\]$/g, '')) === 0 && hostname.includes('.') ? hostname : undefined;
}
