import type { Form } from './auth.ts';
import type { Usage } from './completion.ts';
import type { PictureRecord } from './pictures.ts';

/**
 * Whether a request costs (AZURE §2.4), and whether its sender could know how much:
 * `said` = answered with its usage; `unsaid` = costs, but the sender heard no usage; `free`.
 */
export type Charge = 'said' | 'unsaid' | 'free';

export type JournalEntry = {
  /** From 1, in the order of arrival. */
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly apiVersion: string | undefined;
  readonly form: Form | undefined;
  /** Keys and tokens are replaced by `(hidden)`. */
  readonly headers: Readonly<Record<string, string>>;
  deployment: string | undefined;
  /** Pictures are replaced by their records. */
  body: unknown;
  pictures: readonly PictureRecord[];
  isStream: boolean;
  /** Name of the fault that was played. */
  fault: string | undefined;
  /** `pending` until the answer has left, was cut, or its reader has gone. */
  outcome: 'pending' | 'answered' | 'refused' | 'cut' | 'reader-gone';
  httpStatus: number | undefined;
  /** `error.code` of the answer. */
  errorCode: string | undefined;
  charge: Charge;
  /** What the service charges for, heard or not. */
  usage: Usage | undefined;
};

export type Totals = {
  readonly requests: number;
  /** Whole answers that carried their usage. The three sums below are theirs alone. */
  readonly answered: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly reasoningTokens: number;
  /** Of Azure AI Vision, which counts features. */
  readonly transactions: number;
  /** Charged, but the sender could not know how much. */
  readonly chargedWithoutUsage: number;
  readonly free: number;
  /** The most requests that were pending at one moment. */
  readonly peakInFlight: number;
};

/** How often one picture was sent, and how often it was answered. */
export type PictureCount = { readonly sent: number; readonly answered: number; readonly charged: number };

const secretHeaders = new Set(['api-key', 'ocp-apim-subscription-key', 'authorization', 'cookie']);

/** Everything that came in. Sums are kept for ever; entries only up to a number, so that long proofs fit in memory. */
export class Journal {
  readonly requests: JournalEntry[] = [];
  readonly pictures = new Map<string, PictureCount>();
  readonly #mostEntries: number;
  #totals = {
    requests: 0,
    answered: 0,
    promptTokens: 0,
    completionTokens: 0,
    reasoningTokens: 0,
    transactions: 0,
    chargedWithoutUsage: 0,
    free: 0,
    peakInFlight: 0,
  };
  #inFlight = 0;
  #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  constructor(mostEntries: number) {
    this.#mostEntries = mostEntries;
  }

  totals(): Totals {
    return { ...this.#totals };
  }

  /** Resolves once this many requests have come in, whatever became of them. */
  waitForRequests(count: number): Promise<void> {
    if (this.#totals.requests >= count) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }

  begin(
    facts: Pick<JournalEntry, 'method' | 'path' | 'apiVersion' | 'form'>,
    headers: NodeJS.Dict<string | string[]>,
  ): JournalEntry {
    this.#totals.requests += 1;
    this.#inFlight += 1;
    this.#totals.peakInFlight = Math.max(this.#totals.peakInFlight, this.#inFlight);
    const entry: JournalEntry = {
      ...facts,
      number: this.#totals.requests,
      headers: hideSecrets(headers),
      deployment: undefined,
      body: undefined,
      pictures: [],
      isStream: false,
      fault: undefined,
      outcome: 'pending',
      httpStatus: undefined,
      errorCode: undefined,
      charge: 'free',
      usage: undefined,
    };
    this.requests.push(entry);
    if (this.requests.length > this.#mostEntries) this.requests.shift();
    const due = this.#waiting.filter(({ count }) => count <= entry.number);
    this.#waiting = this.#waiting.filter((waiting) => !due.includes(waiting));
    for (const { resolve } of due) resolve();
    return entry;
  }

  /** The entry is complete: counts it. */
  end(entry: JournalEntry): void {
    this.#inFlight -= 1;
    const { usage, charge } = entry;
    if (charge === 'said' && usage !== undefined) {
      this.#totals.answered += 1;
      this.#totals.promptTokens += usage.promptTokens;
      this.#totals.completionTokens += usage.completionTokens;
      this.#totals.reasoningTokens += usage.reasoningTokens;
      this.#totals.transactions += usage.transactions ?? 0; // why 0: models count tokens
    } else if (charge === 'unsaid') this.#totals.chargedWithoutUsage += 1;
    else this.#totals.free += 1;
    for (const { fingerprint } of entry.pictures) {
      const count = this.pictures.get(fingerprint) ?? { sent: 0, answered: 0, charged: 0 };
      this.pictures.set(fingerprint, {
        sent: count.sent + 1,
        answered: count.answered + Number(entry.outcome === 'answered'),
        charged: count.charged + Number(charge !== 'free'),
      });
    }
  }
}

function hideSecrets(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    shown[name] = secretHeaders.has(name) ? '(hidden)' : String(value);
  }
  return shown;
}
