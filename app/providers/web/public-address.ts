import { BlockList, isIP } from 'node:net';

/**
 * [Note: Private addresses] What a person pastes may have been written by somebody else: an address that leads into this machine
 * or its network (a router's page, a cloud's metadata, a database) must not be fetched for them. So every address that a name
 * stands for is looked at before a connection is made, and the connection goes to the address that was looked at: a name that
 * answers otherwise the next time gains nothing. The same again for each redirect.
 */

/** IPv4 that is no public host: IANA's special-purpose registry, multicast, and what is reserved. */
const special4 = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  special4.addSubnet(network, prefix, 'ipv4');
}

/** Of IPv6 only this part is the public internet … */
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

/** … but for tunnels, which carry an IPv4 address of any kind, and what is for documents and protocols. */
const special6 = new BlockList();
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  special6.addSubnet(network, prefix, 'ipv6');
}

/** Whether an IP address is one of the public internet. `false` for what is no IP address. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special4.check(address, 'ipv4');
    case 6:
      // With a zone it is meant within one network; an IPv4 address in IPv6's clothes lies outside 2000::/3.
      return !address.includes('%') && global6.check(address, 'ipv6') && !special6.check(address, 'ipv6');
    default:
      return false;
  }
}

/** The IP address that a URL names outright; `undefined` when it names a host. */
export function literalAddress(url: URL): string | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? undefined : host;
}
