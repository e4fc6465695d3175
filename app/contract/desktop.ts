import { z } from 'zod';
import { assetId, type AssetId } from './ids.ts';

/**
 * What the desktop window has beyond the contract: `window.desktop`, made by `main/preload.ts`. In a browser it is not
 * there, and a page does without.
 */

/** An entry of the menu bar: a command of the page's own list, which the palette shows too. */
export const menuCommand = z.object({
  /** `noun.verb`: what the page hears when it is chosen. */
  id: z.string().regex(/^[\w.-]{1,60}$/),
  /** The menu that it stands in, under this title. */
  menu: z.string().min(1).max(60),
  title: z.string().min(1).max(120),
  /** As Electron names keys (`CmdOrCtrl+K`); shown only: the page hears keys itself. */
  accelerator: z.string().max(40).nullable(),
  isEnabled: z.boolean(),
});
export type MenuCommand = z.infer<typeof menuCommand>;
export const menuCommands = z.array(menuCommand).max(300);

/** How the window looks and speaks. A setting of the library; the page tells the desktop, which follows in what the system draws. */
export const look = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(['en', 'de']),
});
export type Look = z.infer<typeof look>;

export const revealed = z.object({ assetId });

/** A port as it can be handed from the preload's world to the page's: no object of its own crosses. */
export type DesktopPort = { readonly send: (text: string) => void; readonly close: () => void };
export type DesktopPortListeners = {
  readonly onMessage: (text: string) => void;
  readonly onClose: () => void;
};

export type Desktop = {
  readonly platform: string;
  /** A way to the engine, as a WebSocket is one in a browser. */
  readonly openPort: (listeners: DesktopPortListeners) => DesktopPort;
  /** Lets a person choose folders. Empty when they changed their mind. */
  readonly pickFolders: () => Promise<readonly string[]>;
  /** Shows the photo's file in the system's own file manager. */
  readonly reveal: (photo: AssetId) => Promise<void>;
  /** Where a dropped file or folder is; empty for what is no file of this machine. `dropped` is a `File`. */
  readonly pathOf: (dropped: object) => string;
  readonly setMenu: (commands: readonly MenuCommand[]) => void;
  /** Somebody chose a command in the menu bar. The returned function stops listening. */
  readonly onCommand: (listener: (id: string) => void) => () => void;
  /** For what the system draws: title bar, dialogs, notifications. */
  readonly setLook: (wanted: Look) => void;
};
