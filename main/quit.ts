import { app, dialog } from 'electron';
import type { EngineRelay } from './engine/engine-relay.ts';
import { textsIn, type Language } from './texts.ts';

/** So long the engine may finish what was sent before a person is asked. An answer takes seconds, rarely a minute. */
const patienceMs = 20_000;

/** Quitting lets the engine finish what was sent; when that takes long, a person decides. */
export function drainBeforeQuit(relay: EngineRelay, language: () => Language): void {
  let hasEnded = false;
  let isEnding = false;
  app.on('before-quit', (event) => {
    if (hasEnded) return;
    event.preventDefault();
    if (isEnding) return;
    isEnding = true;
    void end();
  });

  const end = async (): Promise<void> => {
    const ended = relay.end();
    while ((await first(ended, patienceMs)) === 'late') {
      const { message, detail, buttons } = textsIn[language()].quit;
      const { response } = await dialog.showMessageBox({
        type: 'question',
        message,
        detail,
        buttons: [...buttons],
        defaultId: 0,
        cancelId: 0,
      });
      if (response === 1) {
        await first(relay.end({ abort: true }), 2_000);
        relay.kill();
        break;
      }
    }
    hasEnded = true;
    app.quit();
  };
}

async function first(ended: Promise<void>, ms: number): Promise<'ended' | 'late'> {
  const { promise: late, resolve } = Promise.withResolvers<'late'>();
  const timer = setTimeout(resolve, ms, 'late' as const);
  try {
    return await Promise.race([ended.then(() => 'ended' as const), late]);
  } finally {
    clearTimeout(timer);
  }
}
