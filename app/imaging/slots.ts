import { AppError } from '../platform/errors.ts';

type Waiting = { readonly weight: number; readonly enter: () => void };

/** At most so many at once, or so much of anything else; the others wait in the order in which they came. */
export class Slots {
  readonly #waiting: Waiting[] = [];
  readonly #count: number;
  #free: number;

  constructor(count: number) {
    this.#count = count;
    this.#free = count;
  }

  /**
   * Runs `action` when there is room; what is urgent goes to the head of the line. Throws `canceled` when `signal` aborts
   * before that.
   *
   * @param weight how many slots it takes; what weighs more than all of them runs alone. Nobody lighter overtakes it.
   */
  async run<Result>(
    action: () => Promise<Result>,
    signal?: AbortSignal,
    { isUrgent = false, weight = 1 }: { readonly isUrgent?: boolean; readonly weight?: number } = {},
  ): Promise<Result> {
    if (signal?.aborted) throw new AppError('canceled');
    const taken = Math.min(weight, this.#count);
    await this.#take(taken, signal, isUrgent);
    try {
      return await action();
    } finally {
      this.#free += taken;
      this.#letIn();
    }
  }

  async #take(weight: number, signal: AbortSignal | undefined, isUrgent: boolean): Promise<void> {
    if (this.#waiting.length === 0 && weight <= this.#free) {
      this.#free -= weight;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const waiting = { weight, enter };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(new AppError('canceled'));
        // It may have been what the others waited behind.
        this.#letIn();
      };
      if (isUrgent) this.#waiting.unshift(waiting);
      else this.#waiting.push(waiting);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  /** Room goes straight to the next in line, so that nobody who comes later takes it. */
  #letIn(): void {
    for (
      let next = this.#waiting[0];
      next !== undefined && next.weight <= this.#free;
      next = this.#waiting[0]
    ) {
      this.#waiting.shift();
      this.#free -= next.weight;
      next.enter();
    }
  }
}
