import { spawn } from 'node:child_process';

/** How each system opens an address; the address is an argument of its own, never part of a command line. */
const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens an address in the person's browser; where there is none, they have it on the terminal. */
export function openInBrowser(url: string): void {
  const [command, ...args] = openers[process.platform] ?? (['xdg-open'] as const);
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
