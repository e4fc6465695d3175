import type { AssetId } from '../../app/contract/ids.ts';
import type { Arguments, Part } from '../../app/contract/procedures.ts';
import { azureSettings, makePhotos, type Bench, type TestEngine } from './engine.ts';

export type AskPart = Part<'thread.ask'>;
type Wish = Omit<Arguments<'thread.ask'>, 'connectionId'>;

/** Photos in the library, and a way to ask about them that keeps what was streamed. */
export async function openWith(bench: Bench, photos: number, settings = azureSettings(bench.emulator)) {
  const paths = await makePhotos(bench.photos, photos);
  const engine = await bench.open(settings);
  await engine.scan(bench.photos);
  const ids: AssetId[] = [];
  for (const path of paths) ids.push((await engine.show(path)).id);
  return { engine, paths, ids, ask: (wish: Wish, options: AskOptions = {}) => askOf(engine, wish, options) };
}

type AskOptions = { readonly signal?: AbortSignal; readonly onPart?: (part: AskPart) => void };

export async function askOf(engine: TestEngine, wish: Wish, { signal, onPart }: AskOptions = {}) {
  let streamed = '';
  const output = await engine.engine.call(
    'thread.ask',
    { ...wish, connectionId: engine.connection.id },
    {
      onPart: (part) => {
        if ('text' in part) streamed += part.text;
        onPart?.(part);
      },
      ...(signal === undefined ? {} : { signal }),
    },
  );
  return { ...output, streamed };
}
