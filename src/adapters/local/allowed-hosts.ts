import { lookup } from 'node:dns/promises';
import type { AddressInfo } from 'node:net';
import { isPublicAddress } from './public-address.ts';

/** Ports of the network as programs see it, and where they are. */
export type Address = { host: string; port: number };

/** How names become addresses, and which of those may be called. Others than the usual ones are for tests. */
export type Resolver = {
  resolve(host: string): Promise<readonly string[]>;
  mayCall(address: string): boolean;
  port(port: number): AddressInfo['port'];
};

export const usualResolver: Resolver = {
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  mayCall: isPublicAddress,
  port: (port) => port,
};

const ports = [80, 443];

/**
 * Where a call to a host goes: to an address that was looked at, so that a name which means another one a moment later leads nowhere else.
 * @param allowed host names, or `*.` and a name for everything below it. A port behind one has no effect.
 * @returns a sentence where it goes nowhere.
 */
export async function findAddress(
  asked: Address,
  allowed: readonly string[],
  { resolve, mayCall, port }: Resolver,
): Promise<Address | { refused: string }> {
  const name = asked.host.toLowerCase().replace(/\.$/, '');
  if (!allowed.some((entry) => matches(name, entry)))
    return { refused: `${name} is not among the hosts of sandbox.network.allow.` };
  if (!ports.includes(asked.port)) return { refused: `Of ${name} the ports 80 and 443 alone are open.` };
  const addresses = await resolve(name).catch(() => undefined);
  if (!addresses || addresses.length === 0) return { refused: `${name} has no address.` };
  const address = addresses.find(mayCall);
  if (address === undefined) return { refused: `${name} is in a private network: Courier opens none.` };
  return { host: address, port: port(asked.port) };
}

function matches(name: string, entry: string): boolean {
  const host = entry.toLowerCase().replace(/:\d+$/, '');
  return host.startsWith('*.') ? name.endsWith(host.slice(1)) && name.length > host.length - 1 : name === host;
}
