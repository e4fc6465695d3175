/** Under which names a browser may reach a host, and which of them its address shows. */

const thisMachine = '127.0.0.1';
/** Addresses to listen on, never to be reached by. */
const anyAddress: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/**
 * The `Host` headers that are ours.
 *
 * @param allowedHosts with a port: exactly so, as a proxy in front of us is called; without: also with our own port
 */
export function hostHeaders(host: string, port: number, allowedHosts: readonly string[]): Set<string> {
  const own = [host, ...(isLoopback(host) ? [] : [thisMachine])].filter((name) => !anyAddress.has(name));
  return new Set(
    [
      ...own.map((name) => `${bracketed(name)}:${String(port)}`),
      ...allowedHosts.flatMap((name) =>
        hasPort(name) ? [name] : [bracketed(name), `${bracketed(name)}:${String(port)}`],
      ),
    ].map((name) => name.toLowerCase()),
  );
}

/** The name and port of the address that a person opens. */
export function shownHost(host: string, port: number, allowedHosts: readonly string[]): string {
  const name = isLoopback(host) ? host : (allowedHosts[0] ?? host);
  return hasPort(name) ? name : `${bracketed(name)}:${String(port)}`;
}

/** `nas:8080` and `[::1]:8080`; the colons of a bare IPv6 address are none of a port. */
function hasPort(name: string): boolean {
  return /^(?:[^:]+|\[.+\]):\d+$/.test(name);
}

function bracketed(name: string): string {
  return name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
}
