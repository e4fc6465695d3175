/**
 * @file `npm run dev`: the window from its source, in a browser; what is changed in it is seen as it is saved. The engine
 * beside it starts anew when its source changes. What follows is handed to `cutline serve`: `npm run dev -- --library DIR`.
 */

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { createServer } from 'vite';

const root = join(import.meta.dirname, '..');

const engine = spawn(
  process.execPath,
  ['--watch', join(root, 'app/cli/main.ts'), 'serve', '--json', ...process.argv.slice(2)],
  { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
);
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    engine.kill();
    process.exit();
  });
}
engine.on('exit', (status) => process.exit(status ?? 1));

/** Its port and its key stay when it starts anew, so that the first word is enough. */
createInterface(engine.stdout).on('line', (line) => {
  const [, address] = /"url":"([^"]+)"/.exec(line) ?? [];
  if (address !== undefined && !isServed) void serve(new URL(address));
});

let isServed = false;

/** @param {URL} host where the engine is reached; its path is the key */
async function serve(host) {
  isServed = true;
  const server = await createServer({
    configFile: false,
    root: join(root, 'renderer'),
    // Under the key here, too: nobody else on this machine finds the way to the engine.
    base: host.pathname,
    plugins: [react()],
    server: {
      host: '127.0.0.1',
      fs: { allow: [root] },
      proxy: {
        [`^${host.pathname}(?:photo/\\w+/\\d+|data/)`]: { target: host.origin, changeOrigin: true },
        [`^${host.pathname}engine$`]: {
          target: host.origin,
          changeOrigin: true,
          ws: true,
          configure: (proxy) => {
            proxy.on('proxyReqWs', (request, { headers }, socket) => {
              // The host lets its own page in alone; this page stands for it, and no other page of the browser.
              if (headers.origin === originOf(server)) request.setHeader('origin', host.origin);
              else socket.destroy();
            });
          },
        },
      },
    },
  });
  await server.listen();
  console.log(`The window, as it is being written: ${server.resolvedUrls?.local[0]}`);
}

/** @param {import('vite').ViteDevServer} server */
function originOf({ resolvedUrls }) {
  return new URL(resolvedUrls?.local[0] ?? '').origin;
}
