/** The service's time. It stands still until a test moves it, or runs at a speed, for whoever tries things by hand. */
export class ServiceClock {
  readonly #startMs = Date.now();
  readonly #speed: number;
  #advancedMs = 0;

  /** @param speed service seconds in a real second. @default 0 */
  constructor(speed = 0) {
    this.#speed = speed;
  }

  now(): number {
    return this.#startMs + this.#advancedMs + (Date.now() - this.#startMs) * this.#speed;
  }

  advance(ms: number): void {
    this.#advancedMs += ms;
  }
}
