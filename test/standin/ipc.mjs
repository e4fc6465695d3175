/** @file `electron.ipcMain`. */

import { EventEmitter } from 'node:events';
import { strict } from './strict.mjs';

/** @type {Map<string, (event: object, ...args: any[]) => unknown>} */
export const invokeHandlers = new Map();

class IpcMain extends EventEmitter {
  /** Under this name the real one keeps them. */
  _invokeHandlers = invokeHandlers;

  handle(channel, handler) {
    if (invokeHandlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    invokeHandlers.set(channel, handler);
  }

  removeHandler(channel) {
    invokeHandlers.delete(channel);
  }
}

export const ipcMain = strict('ipcMain', new IpcMain());
