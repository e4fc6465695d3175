/** Work that must not overlap: one piece after the other, in the order in which they were asked for. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Whether the one before failed is no concern of the next. */
  run<Result>(action: () => Promise<Result>): Promise<Result> {
    const work = this.#last.then(action);
    this.#last = work.catch(() => undefined);
    return work;
  }
}
