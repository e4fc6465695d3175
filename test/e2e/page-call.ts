import type { Page } from '@playwright/test';
import type { Arguments, Output, ProcedureName } from '../../app/contract/procedures.ts';

/** Calls a procedure over a way of its own beside the page's; waits until the engine runs. */
export async function callFromPage<Name extends ProcedureName>(
  page: Page,
  name: Name,
  input: Arguments<Name>,
): Promise<Output<Name>> {
  const answer = await page.evaluate(inPage, { name, input } as { name: string; input: unknown });
  if (answer.type === 'error') throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
  return answer.output as Output<Name>;
}

type Answer = { readonly type: 'output' | 'error'; readonly output?: unknown; readonly error?: unknown };
type Message = Answer & { readonly id?: number; readonly state?: { readonly kind: string } };
type OpenPort = (listeners: { onMessage: (text: string) => void; onClose: () => void }) => {
  send: (text: string) => void;
  close: () => void;
};

/** Runs in the page; nothing of this file is there. */
function inPage({ name, input }: { name: string; input: unknown }): Promise<Answer> {
  type Browser = {
    desktop?: { openPort: OpenPort };
    location: { href: string };
    WebSocket: new (url: string) => {
      addEventListener: (name: 'message' | 'close', listener: (event: { data: string }) => void) => void;
      send: (text: string) => void;
      close: () => void;
    };
  };
  const browser = globalThis as unknown as Browser;
  const openSocket: OpenPort = ({ onMessage, onClose }) => {
    const address = new URL('engine', browser.location.href.split('#')[0]).href.replace(/^http/, 'ws');
    const socket = new browser.WebSocket(address);
    socket.addEventListener('message', ({ data }) => {
      onMessage(data);
    });
    socket.addEventListener('close', onClose);
    return {
      send: (text) => {
        socket.send(text);
      },
      close: () => {
        socket.close();
      },
    };
  };
  return new Promise((resolve, reject) => {
    let isSent = false;
    const port = (browser.desktop?.openPort ?? openSocket)({
      onMessage: (text) => {
        const message = JSON.parse(text) as Message;
        if (message.state?.kind === 'running' && !isSent) {
          isSent = true;
          port.send(JSON.stringify({ type: 'call', id: 1, name, input }));
        } else if (message.id === 1 && (message.type === 'output' || message.type === 'error')) {
          port.close();
          resolve(message);
        }
      },
      onClose: () => {
        reject(new Error('the way to the engine was closed'));
      },
    });
  });
}
