import { parentPort } from 'node:worker_threads';
import { toAppError } from '../platform/errors.ts';
import type { HeaderAnswer, HeaderWish } from './header-reader.ts';
import { readFrame, readHeader, readHighDynamicRange } from './read-header.ts';

/** The thread in which headers of videos are read, one file after the other. Started by `header-reader.ts`, which also ends it. */

parentPort?.on('message', (wish: HeaderWish) => {
  void answer(wish);
});

async function answer(wish: HeaderWish): Promise<void> {
  const said = await read(wish);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- because threads have no origin
  parentPort?.postMessage(said);
}

async function read(wish: HeaderWish): Promise<HeaderAnswer> {
  const { path, ask } = wish;
  try {
    if (ask === 'frame') return { frame: await readFrame(path, wish.atMs) };
    if (ask === 'header') return { header: await readHeader(path) };
    return { isHighDynamicRange: await readHighDynamicRange(path) };
  } catch (error) {
    return { error: toAppError(error).toInfo() };
  }
}
