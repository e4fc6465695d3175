import { WebSocket } from 'ws';
import type { Port } from '../../../app/contract/port.ts';
import { EngineHost } from '../../../app/host/engine-host.ts';
import { BufferedPort } from '../../../app/contract/buffered-port.ts';
import { startWebHost } from '../../../app/host/web/web-host.ts';
import { silentLog } from '../../../app/platform/log.ts';
import { useTemporaryFolder } from '../../helpers/database.ts';
import { describeContract } from '../contract-suite.ts';

/** A page's end of a WebSocket, as the renderer makes one. */
function connectSocket(url: string): Port {
  const socket = new WebSocket(url.replace(/^http/, 'ws') + 'engine', { origin: new URL(url).origin });
  const early: string[] = [];
  const port = new BufferedPort({
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
      else early.push(text);
    },
    close: () => {
      socket.terminate();
    },
  });
  socket.on('open', () => {
    for (const text of early) socket.send(text);
  });
  socket.on('message', (data: Buffer) => {
    port.received(data.toString('utf8'));
  });
  socket.on('close', () => {
    port.ended();
  });
  socket.on('error', () => undefined);
  return port;
}

describeContract('a WebSocket', async (libraryFolder) => {
  const engine = new EngineHost({ libraryFolder, log: silentLog });
  const ports: Port[] = [];
  const folder = useTemporaryFolder();
  const host = await startWebHost({
    folders: { renderer: folder, library: libraryFolder },
    bookmarkFolder: folder,
    connect: (port) => {
      ports.push(port);
      engine.connect(port);
    },
    log: silentLog,
  });
  engine.open();
  return {
    connect: () => connectSocket(host.url),
    cut: () => {
      for (const port of ports.splice(0)) port.close();
    },
    close: async () => {
      await host.close();
      await engine.close({ abort: true });
    },
  };
});
