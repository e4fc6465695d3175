/** @file A main process that is nothing but the decoder page, for `decoder-page.e2e.ts`: the test asks for frames itself. */

import { app, session } from 'electron';
import { join } from 'node:path';
import { registerSchemes } from '../../main/app-protocol.ts';
import { decoderUrl } from '../../main/decoder/decoder-address.ts';
import { VideoDecoderPage } from '../../main/decoder/video-decoder-page.ts';

/** What the test has of it. */
export type DecoderUnderTest = {
  decoder: VideoDecoderPage;
  /** What befalls the page whenever it is about to answer. */
  fault: 'none' | 'hang' | 'crash';
  /** Another one, which waits for a frame no longer than this. */
  readonly beHasty: (frameMs: number) => void;
  /** Pages that were opened until now. */
  opened: number;
};

registerSchemes();
// The page is closed and opened again.
app.on('window-all-closed', () => undefined);
await app.whenReady();

const script = join(import.meta.dirname, '../../out/decoder/page.js');
const underTest: DecoderUnderTest = {
  decoder: new VideoDecoderPage(script),
  fault: 'none',
  beHasty: (frameMs) => {
    underTest.decoder.close();
    underTest.decoder = new VideoDecoderPage(script, { frameMs });
  },
  opened: 0,
};
Object.assign(globalThis, { underTest });

app.on('browser-window-created', (_event, window) => {
  underTest.opened += 1;
  // In the place of the rule that the session was given before its window was made.
  session.fromPartition('video-decoder').webRequest.onBeforeRequest(({ url }, decide) => {
    const isAnswer = url.startsWith(`${decoderUrl}answer`);
    if (!isAnswer || underTest.fault === 'none') decide({ cancel: !url.startsWith(decoderUrl) });
    else if (underTest.fault === 'crash') window.webContents.forcefullyCrashRenderer();
    else void window.webContents.executeJavaScript('for (;;);').catch(() => undefined);
  });
});
