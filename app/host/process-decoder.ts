import type { EngineOptions } from '../engine.ts';
import { AppError } from '../platform/errors.ts';
import type { FrameOutcome, FrameWish, FromEngine } from './engine-messages.ts';

/** Who takes frames for an engine, as the engine sees it. */
type Decoder = NonNullable<EngineOptions['ownDecoder']>;
type Taken = Awaited<ReturnType<Decoder['take']>>;

type DecoderSays = Extract<FromEngine, { type: 'take-frame' | 'drop-frame' }>;

/** The engine process's way to the decoder of the desktop, which is in the process that started it. */
export class ProcessDecoder implements Decoder {
  readonly #send: (message: DecoderSays) => void;
  readonly #waiting = new Map<number, (outcome: FrameOutcome) => void>();
  #lastRequest = 0;

  constructor(send: (message: DecoderSays) => void) {
    this.#send = send;
  }

  async take(...[wish, options = {}]: Parameters<Decoder['take']>): Promise<Taken> {
    // The one container that a browser has no reader for.
    if (wish.format === 'avi') return toTaken({ status: 'no-decoder', codec: 'avi' });
    const { path, atMs, boxPx, seek } = wish;
    return toTaken(await this.#ask({ path, atMs, boxPx, seek }, options.signal));
  }

  taken(request: number, outcome: FrameOutcome): void {
    this.#waiting.get(request)?.(outcome);
    this.#waiting.delete(request);
  }

  async #ask(wish: FrameWish, signal: AbortSignal | undefined): Promise<FrameOutcome> {
    if (signal?.aborted === true) return { status: 'canceled' };
    const request = ++this.#lastRequest;
    const drop = (): void => {
      this.#send({ type: 'drop-frame', request });
      this.taken(request, { status: 'canceled' });
    };
    signal?.addEventListener('abort', drop, { once: true });
    try {
      return await new Promise<FrameOutcome>((resolve) => {
        this.#waiting.set(request, resolve);
        this.#send({ type: 'take-frame', request, wish });
      });
    } finally {
      signal?.removeEventListener('abort', drop);
    }
  }
}

function toTaken(outcome: FrameOutcome): Taken {
  switch (outcome.status) {
    case 'taken':
      return { bytes: Buffer.from(outcome.jpeg, 'base64'), timeMs: outcome.timeMs };
    case 'none':
      return undefined;
    case 'no-decoder':
      throw new AppError('no-video-decoder', {
        reason: 'own-decoder',
        ...(outcome.codec === null ? {} : { codec: outcome.codec.toUpperCase() }),
      });
    case 'unreadable':
      throw new AppError('no-frames', { reason: outcome.reason });
    case 'late':
      throw new AppError('decoder-timeout', { limitMs: outcome.limitMs });
    case 'crashed':
      throw new AppError('decoder-crashed', { end: outcome.end });
    case 'canceled':
      throw new AppError('canceled');
  }
}
