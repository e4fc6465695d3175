/** @file The fault switches (AZURE §11 item 5): which fault, if any, a request meets. What each does: fault-*.ts. */

import type { Form } from './auth.ts';
import type { PictureRecord } from './pictures.ts';

/** Answers that are no completion. */
export const errorFaults = [
  'rate-limited-ms',
  'rate-limited-seconds',
  'rate-limited-date',
  'rate-limited-bare',
  'rate-limited-day',
  'rate-limited-text',
  'rate-limited-calls',
  'rate-limited-capacity',
  'unauthorized',
  'forbidden-network',
  'forbidden-role',
  'forbidden-abuse',
  'deployment-not-found',
  'resource-not-found',
  'timeout',
  'payload-too-large',
  'headers-too-large',
  'server-error',
  'bad-gateway-html',
  'unavailable',
  'gateway-timeout',
  'context-length-exceeded',
  'unsupported-parameter',
  'content-filtered-prompt',
  'image-broken-base64',
  'image-invalid-data',
  'image-invalid',
  'image-unsupported',
  'image-broken',
  'image-timeout',
  'image-domain',
  'no-vision',
] as const;

/** 200s whose completion is odd. */
export const completionFaults = [
  'content-filtered-completion',
  'content-filter-error',
  'finish-reason-object',
  'finish-details',
  'finish-details-max-tokens',
  'missing-usage',
  'invalid-json',
  'fenced-json',
  'refusal',
  'empty-content',
  'truncated',
  // Habits of small models.
  'text-around-json',
  'trailing-commas',
  'single-quotes',
  'unclosed-json',
  'keywords-as-text',
  'keywords-as-objects',
  'keywords-as-numbers',
  'foreign-names',
  'endless-keywords',
  'thinking-in-text',
  'thinking-without-end',
  // Of answers about several pictures.
  'entry-left-out',
  'entry-twice',
  'entries-turned',
] as const;

/** 200s that do not arrive as they should. */
export const wireFaults = [
  'slow',
  'empty-body',
  'html-200',
  'cut-before-headers',
  'cut-body',
  'stalled-body',
] as const;

/** Only for requests that stream. */
export const streamFaults = [
  'slow-stream',
  'cut-stream',
  'stream-error',
  'stream-without-done',
  'stream-without-usage',
  'stream-crlf',
  'stream-comments',
  'stream-split-characters',
  'stream-async-filter',
  'stream-late-filter',
  'stream-usage-on-finish',
] as const;

export type ErrorFaultName = (typeof errorFaults)[number];
export type CompletionFaultName = (typeof completionFaults)[number];
export type WireFaultName = (typeof wireFaults)[number];
export type StreamFaultName = (typeof streamFaults)[number];
export type FaultName = ErrorFaultName | CompletionFaultName | WireFaultName | StreamFaultName;

export const faultNames: readonly FaultName[] = [
  ...errorFaults,
  ...completionFaults,
  ...wireFaults,
  ...streamFaults,
];

/** What a fault may look at to choose its request. */
export type FaultRequest = {
  /** Of the journal, from 1. */
  readonly number: number;
  readonly deployment: string;
  readonly form: Form;
  readonly isStream: boolean;
  readonly pictures: readonly PictureRecord[];
};

/** An answer word for word, as a document quotes it or a server was seen to give it. */
export type QuotedAnswer = {
  readonly httpStatus: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent as it is. */
  readonly body: object | string;
  /** `estimate`: it costs, and says no usage (AZURE §2.4). @default 'free' */
  readonly booking?: 'free' | 'estimate';
};

export type Fault = {
  /** `quoted`: the answer of the switch, whatever was asked. */
  readonly name: FaultName | 'quoted';
  readonly answer?: QuotedAnswer;
  /** Only a request that this accepts meets the fault. @default every request */
  readonly when?: (request: FaultRequest) => boolean;
  /** What a 429, 503 or the like asks for. @default 1000 for a 429, nothing said otherwise */
  readonly retryAfterMs?: number;
  /** How long `slow` waits before the answer, and `slow-stream` between events. @default 100 and 10 */
  readonly delayMs?: number;
  /** `slow` waits for this instead: a test decides when the answer leaves. */
  readonly until?: Promise<unknown>;
  /** Which parameter `unsupported-parameter` refuses. @default 'temperature' */
  readonly parameter?: string;
  /** What a content filter finds. @default 'sexual' */
  readonly category?: 'hate' | 'self_harm' | 'sexual' | 'violence';
};

export type RandomFaults = {
  readonly seed: number;
  /** Share of the requests, 0–1, that meet each fault; together at most 1. */
  readonly rates: Readonly<Partial<Record<FaultName, number>>>;
  /** For all of them. */
  readonly options?: Omit<Fault, 'name'>;
};

/** A request that no switch speaks of is answered well. */
export class FaultSwitches {
  #next: Fault[] = [];
  #choice: ((request: FaultRequest) => Fault | undefined) | undefined;
  #always: readonly Fault[] = [];
  #random: { readonly faults: RandomFaults; readonly draw: () => number } | undefined;

  /** Once, for the next request that the fault fits; several wait in line. */
  next(...faults: readonly (FaultName | Fault)[]): void {
    this.#next.push(...faults.map(toFault));
  }

  /** For every request that the fault fits, until called again; with nothing: never. The first that fits wins. */
  always(...faults: readonly (FaultName | Fault | undefined)[]): void {
    this.#always = faults.filter((fault) => fault !== undefined).map(toFault);
  }

  /** Now and then, reproducibly by its seed for the same order of requests. `undefined`: never. */
  random(faults: RandomFaults | undefined): void {
    this.#random = faults && { faults, draw: mulberry32(faults.seed) };
  }

  /** As this says, for every request that no other switch speaks of. */
  choose(choice: (request: FaultRequest) => Fault | undefined): void {
    this.#choice = choice;
  }

  clear(): void {
    this.#choice = undefined;
    this.#next = [];
    this.#always = [];
    this.#random = undefined;
  }

  /** The fault that this request meets; takes it from the line. */
  pick(request: FaultRequest): Fault | undefined {
    const next = this.#next.find((fault) => fits(fault, request));
    if (next !== undefined) {
      this.#next = this.#next.filter((fault) => fault !== next);
      return next;
    }
    return (
      this.#always.find((fault) => fits(fault, request)) ?? this.#choice?.(request) ?? this.#draw(request)
    );
  }

  #draw(request: FaultRequest): Fault | undefined {
    if (this.#random === undefined) return undefined;
    const { faults, draw } = this.#random;
    let left = draw();
    for (const name of faultNames) {
      left -= faults.rates[name] ?? 0;
      if (left >= 0) continue;
      const fault = { ...faults.options, name };
      return fits(fault, request) ? fault : undefined;
    }
    return undefined;
  }
}

function toFault(fault: FaultName | Fault): Fault {
  return typeof fault === 'string' ? { name: fault } : { ...fault };
}

const forStreams: ReadonlySet<string> = new Set(streamFaults);

function fits({ name, when }: Fault, request: FaultRequest): boolean {
  if (forStreams.has(name) && !request.isStream) return false;
  if (name.startsWith('image-') && request.pictures.length === 0) return false;
  return when?.(request) ?? true;
}

/** A small generator of numbers in [0, 1) that a seed fixes. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
