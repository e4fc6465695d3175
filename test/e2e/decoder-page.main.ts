/** @file A main process that is nothing but the decoder page, for `decoder-page.e2e.ts`: the test asks for frames itself. */

import { app } from 'electron';
import { join } from 'node:path';
import { registerSchemes } from '../../main/app-protocol.ts';
import { VideoDecoderPage } from '../../main/decoder/video-decoder-page.ts';

/** What the test has of it. */
export type DecoderUnderTest = { readonly decoder: VideoDecoderPage };

registerSchemes();
// The page is closed and opened again.
app.on('window-all-closed', () => undefined);
await app.whenReady();

const underTest: DecoderUnderTest = {
  decoder: new VideoDecoderPage(join(import.meta.dirname, '../../out/decoder/page.js')),
};
Object.assign(globalThis, { underTest });
