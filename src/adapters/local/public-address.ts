import { BlockList, isIP } from 'node:net';

/** IPv4 that no host of the internet has: this machine, private and shared networks, link-local (metadata), tests, multicast, reserved. */
const notPublic = new BlockList();
const ranges =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3 168.63.129.16/32';
for (const range of ranges.split(' ')) {
  const [network = '', bits] = range.split('/');
  notPublic.addSubnet(network, Number(bits), 'ipv4');
}

// Of IPv6 only what is handed out to the internet, without what carries an IPv4 address inside and documentation.
const global = new BlockList();
global.addSubnet('2000::', 3, 'ipv6');
const special = new BlockList();
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  special.addSubnet(network, bits, 'ipv6');

/** Whether an address belongs to the internet, and to nothing nearer. Azure's `168.63.129.16` belongs to the machine. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !notPublic.check(address, 'ipv4');
  return family === 6 && global.check(address, 'ipv6') && !special.check(address, 'ipv6');
}
