import type { ErrorDetails } from '../contract/errors.ts';
import type { Connection, Learned } from '../contract/models/connection.ts';
import type { Detail } from '../contract/models/detail.ts';
import type { Facts } from '../contract/models/asset.ts';
import type { TokenUsage, VisionFeature } from '../contract/models/usage.ts';

/**
 * Who answers. One interface for every kind of connection; the queue, the money rule and the ledger are the same for all.
 * A provider sends exactly one request per call and never retries: our queue decides (DESIGN §5).
 */
export interface VisionProvider {
  /** Sends one request. Expected outcomes are values; it throws only when `signal` aborts before sending, or on a bug. */
  describe(request: VisionRequest, options: SendOptions): Promise<ProviderOutcome>;
  close(): void;
}

/** What a provider needs to be built: the connection as set up, and its secret. The secret is never logged. */
export type ProviderOptions = {
  readonly connection: Connection;
  readonly credential: Credential | undefined;
  /** Of a connection that has them: the resource that does them; `undefined`: it cannot be used now. */
  readonly vision?: VisionResource | undefined;
  /** Longest wait for a whole answer. @default 180 000 */
  readonly timeoutMs?: number;
};

/** An Azure AI Vision resource, as a request names it to another service. */
export type VisionResource = { readonly endpoint: string; readonly key: string };

/** `api-key` header, or for `bearer` an `Authorization` header (Entra token, or an OpenAI-style key). */
export type Credential = {
  readonly kind: 'api-key' | 'bearer';
  /** Of one that is renewed: as it is now, so it is read when it is used. */
  readonly secret: string;
  /**
   * Brings it up to date; to be called before it is used. See [Note: Entra sign-in].
   *
   * @param options.refused the service did not take this one
   * @throws {AppError} `entra-sign-in-needed`
   */
  readonly renew?: (options?: { readonly refused?: string }) => Promise<void>;
};

export type SendOptions = {
  readonly signal: AbortSignal;
  /** Called with each piece of text as it streams in; asks the service to stream. */
  readonly onText?: (text: string) => void;
};

export type Picture = {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/jpeg' | 'image/png' | 'image/webp';
  readonly widthPx: number;
  readonly heightPx: number;
  readonly detail: Detail;
  /** Where its service may fetch the whole picture instead: then this is sent, and none of the bytes. [Note: Addresses passed on] */
  readonly address?: string;
  /** Text that stands right before it: which one of several it is, and what is known of it. */
  readonly label?: string;
};

export type VisionRequest = {
  /** The system message: what to do, and that everything else is data. */
  readonly instructions: string;
  /** The user's text: the facts and the question. */
  readonly text: string;
  /** Stand behind the text, or behind that of the earlier turn which is about the same pictures: they are sent once. */
  readonly pictures: readonly Picture[];
  /** What was asked and answered before, oldest first. */
  readonly earlier?: readonly EarlierTurn[];
  /** Root is an object; strict subset of AZURE §1.8. */
  readonly responseSchema?: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> };
  readonly maxOutputTokens: number;
  /** Facts as data, for the built-in provider, which composes its text from them and sends nothing. */
  readonly known: KnownFacts;
  /** Of the words, as people chose it. @default 'en' */
  readonly language?: string;
  /** What Image Analysis is asked for: it is told no words. */
  readonly features?: readonly VisionFeature[];
};

/** A turn of a conversation, as text. */
export type EarlierTurn = {
  readonly question: string;
  readonly answer: string;
  /** The request's pictures stand behind this question. At most one turn has them. */
  readonly hasPictures: boolean;
};

/** What is known of a photo without looking at what is in it. */
export type KnownFacts = {
  readonly facts: Facts;
  readonly fileName: string;
  /** Names of the folders that it lies in, outermost first. */
  readonly folders: readonly string[];
  /** What a person says of those folders, outermost first. */
  readonly notes: readonly string[];
  /** After orientation. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly frameCount: number;
  /** Left out: it is a photo. */
  readonly video?: { readonly durationMs: number };
  /** Names of the main colours, most first. */
  readonly colors: readonly string[];
  /** Of the whole picture, 0–1 each. */
  readonly isMonochrome: boolean;
};

export type FinishReason = 'stop' | 'length' | 'content-filter' | 'tool-calls' | 'unknown';

/** The answer as it came; nothing in it is parsed as a description yet. */
export type Answer = {
  readonly status: 'answered';
  readonly text: string;
  /** Set when the model declined in so many words (structured output's `refusal`). */
  readonly refusal?: string;
  readonly finishReason: FinishReason;
  /** `undefined` = the service did not say: booked at the upper estimate. */
  readonly usage?: TokenUsage;
  readonly modelAnswered?: string;
  readonly serviceRequestId?: string;
  /** The service's verdicts as it gave them (AZURE §3), and the category that was blocked, such as `sexual/medium`. */
  readonly contentFilter?: unknown;
  readonly blockedCategory?: string;
  readonly rateLimit?: RateLimit;
  /** The body as it came (for a stream: its data lines), to be stored before parsing. */
  readonly raw: string;
};

/** From `x-ratelimit-*`; −1 and nonsense are left out (LIBRARIES §3). */
export type RateLimit = {
  readonly limitRequests?: number;
  readonly limitTokens?: number;
  readonly remainingRequests?: number;
  readonly remainingTokens?: number;
};

type Sent = {
  readonly httpStatus?: number;
  readonly details: ErrorDetails;
  readonly serviceRequestId?: string;
  readonly raw?: string;
};

/** Every way in which one request can end. What each means for the queue and the ledger: `jobs/outcomes.ts`. */
export type ProviderOutcome =
  | Answer
  /** Final for this photo: content filter, refused picture, too large. `charged` = without usage (AZURE §2.4). */
  | (Sent & {
      readonly status: 'rejected';
      readonly code:
        | 'content-filtered'
        | 'provider-image-refused'
        | 'provider-request-too-large'
        | 'provider-bad-request';
      readonly charged: boolean;
      readonly contentFilter?: unknown;
    })
  /** Nothing will work until a person changes something. */
  | (Sent & {
      readonly status: 'blocked';
      readonly code:
        | 'provider-unauthorized'
        | 'provider-forbidden'
        | 'provider-deployment-not-found'
        | 'provider-not-found'
        | 'provider-no-vision'
        | 'provider-misconfigured'
        | 'entra-sign-in-needed';
    })
  /** 429. `pauseMs` as the service wished, if it did. */
  | (Sent & { readonly status: 'rate-limited'; readonly pauseMs?: number })
  /** Refused a parameter: send again with what was learned (AZURE §1.5). Costs nothing. */
  | (Sent & { readonly status: 'adapted'; readonly learned: Learned })
  /** 408 (charged), 409, 5xx: try again later. */
  | (Sent & { readonly status: 'unavailable'; readonly charged: boolean; readonly pauseMs?: number })
  /** Never connected: nothing was sent, nobody's fault. */
  | { readonly status: 'unreachable'; readonly details: ErrorDetails }
  /** Sent, and then no whole answer: cut off, timed out, canceled. It may have been charged. */
  | {
      readonly status: 'unanswered';
      readonly code: 'provider-cut-off' | 'provider-timeout' | 'canceled';
      readonly details: ErrorDetails;
      readonly raw?: string;
    }
  /** 200 with a body that is no chat completion (HTML from a proxy, broken JSON). It may have been charged. */
  | (Sent & { readonly status: 'unintelligible'; readonly raw: string });
