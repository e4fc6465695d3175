import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron';
import type { z } from 'zod';
import { isOwnAddress } from './app-protocol.ts';
import type { MainSays, PageAsks, PageSays } from './channels.ts';

/**
 * The main process's end of `channels.ts`. Whoever speaks must be the main frame of our own page, and what is said must be
 * of the right shape; anything else is not heard.
 */

type FromPage = IpcMainEvent | IpcMainInvokeEvent;

/** A frame may be gone when its message comes. */
function isOwnPage({ senderFrame, sender }: FromPage): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOwnAddress(senderFrame.url);
}

export function onPageSays<Name extends keyof PageSays>(
  name: Name,
  schema: z.ZodType<PageSays[Name]>,
  listener: (what: PageSays[Name], page: WebContents) => void,
): void {
  ipcMain.on(name, (event, what: unknown) => {
    const parsed = schema.safeParse(what);
    if (isOwnPage(event) && parsed.success) listener(parsed.data, event.sender);
  });
}

export function onPageAsks<Name extends keyof PageAsks>(
  name: Name,
  schema: z.ZodType<PageAsks[Name]['ask']>,
  answer: (what: PageAsks[Name]['ask'], page: WebContents) => Promise<PageAsks[Name]['answer']>,
): void {
  ipcMain.handle(name, async (event, what: unknown) => {
    if (!isOwnPage(event)) throw new Error('refused');
    return answer(schema.parse(what), event.sender);
  });
}

export function tellPage<Name extends keyof MainSays>(
  page: WebContents,
  name: Name,
  what: MainSays[Name],
): void {
  if (!page.isDestroyed()) page.send(name, what);
}
