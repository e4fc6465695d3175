import { AppError } from '../platform/errors.ts';

/** At most so many at once; the others wait in the order in which they came. */
export class Slots {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(count: number) {
    this.#free = count;
  }

  /** Runs `action` when there is room; what is urgent goes to the head of the line. Throws `canceled` when `signal` aborts before that. */
  async run<Result>(
    action: () => Promise<Result>,
    signal?: AbortSignal,
    { isUrgent = false }: { readonly isUrgent?: boolean } = {},
  ): Promise<Result> {
    if (signal?.aborted) throw new AppError('canceled');
    await this.#take(signal, isUrgent);
    try {
      return await action();
    } finally {
      this.#giveBack();
    }
  }

  async #take(signal: AbortSignal | undefined, isUrgent: boolean): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        reject(new AppError('canceled'));
      };
      if (isUrgent) this.#waiting.unshift(enter);
      else this.#waiting.push(enter);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  /** A slot goes straight to the next in line, so that nobody who comes later takes it. */
  #giveBack(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}
