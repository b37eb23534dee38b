import { isIP } from 'node:net';

/** As Fastify calls ranges that are no one's on the internet. */
const NAMED_NETWORKS: ReadonlySet<string> = new Set(['loopback', 'linklocal', 'uniquelocal']);
const HOST = /^(?:[a-z\d](?:[\w.-]*[a-z\d])?|\[[\da-f:.]+\])$/i;

const entriesOf = (list: string) => list.split(',').map((entry) => entry.trim());

/** Names and addresses with commas between them, in lower case. */
export function hostsOf(list: string): string[] {
  return entriesOf(list.toLowerCase());
}

/** Whether each is a host name or an address, an IPv6 one in brackets, as a Host header says it without its port. */
export function isHostList(list: string): boolean {
  return entriesOf(list).every((host) => HOST.test(host));
}

export function isIpAddress(text: string): boolean {
  return isIP(text) !== 0;
}

/** Addresses and networks with commas between them. */
export function proxiesOf(list: string): string[] {
  return entriesOf(list);
}

/** Whether each is an address, a network by its prefix, or a named one. A network of all addresses would trust every client. */
export function isProxyList(list: string): boolean {
  return entriesOf(list).every((entry) => {
    const [address = '', prefix] = entry.split('/');
    const version = isIP(address);
    if (version === 0) return NAMED_NETWORKS.has(entry);
    return prefix === undefined || (/^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
  });
}

/** The origins of a list with commas between them. */
export function originsOf(list: string): string[] {
  return entriesOf(list);
}

/** Whether each is scheme, host and port, as browsers send it: nothing behind it, not even a slash. */
export function isOriginList(list: string): boolean {
  return originsOf(list).every(
    (text) => /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text,
  );
}
