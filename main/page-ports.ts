import type { WebContents } from 'electron';
import { z } from 'zod';
import { mostMessageCharacters, type Port } from '../app/contract/port.ts';
import { BufferedPort } from '../app/contract/buffered-port.ts';
import { onPageSays, tellPage } from './ipc.ts';

const port = z.number().int().positive();
/** Ways of one page at once; a page has one, its tests a few. */
const mostPorts = 16;

/** Hands the ports that pages open to `connect`. A page that goes away, crashes or loads anew closes its own. */
export function servePagePorts(connect: (port: Port) => void): void {
  const pages = new Map<WebContents, Map<number, BufferedPort>>();

  const portsOf = (page: WebContents): Map<number, BufferedPort> => {
    const known = pages.get(page);
    if (known !== undefined) return known;
    const ports = new Map<number, BufferedPort>();
    pages.set(page, ports);
    const closeAll = (): void => {
      for (const open of ports.values()) open.ended();
      ports.clear();
    };
    page.on('did-navigate', closeAll);
    page.on('render-process-gone', closeAll);
    page.on('destroyed', () => {
      closeAll();
      pages.delete(page);
    });
    return ports;
  };

  onPageSays('port:open', z.object({ port }), ({ port: id }, page) => {
    const ports = portsOf(page);
    if (ports.has(id) || ports.size === mostPorts) return;
    const opened = new BufferedPort({
      send: (text) => {
        tellPage(page, 'port:text', { port: id, text });
      },
      close: () => {
        ports.delete(id);
        tellPage(page, 'port:closed', { port: id });
      },
    });
    ports.set(id, opened);
    connect(opened);
  });
  onPageSays(
    'port:text',
    z.object({ port, text: z.string().max(mostMessageCharacters) }),
    ({ port: id, text }, page) => {
      portsOf(page).get(id)?.received(text);
    },
  );
  onPageSays('port:close', z.object({ port }), ({ port: id }, page) => {
    portsOf(page).get(id)?.ended();
    portsOf(page).delete(id);
  });
}
