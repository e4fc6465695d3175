/** @file Makes `import … from 'electron'`, and Playwright's `require('electron')`, reach the stand-in. */

import { registerHooks } from 'node:module';

const url = new URL('./electron.mjs', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url, format: 'module', shortCircuit: true } : next(specifier, context),
});
Object.defineProperty(process.versions, 'electron', { value: '45.4.1', enumerable: true });
Object.defineProperty(process, 'type', { value: 'browser' });
Object.defineProperty(process, 'resourcesPath', {
  value: process.env['STANDIN_RESOURCES'] ?? '/no/resources',
});
