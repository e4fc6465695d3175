/** @file What makes one local server differ from another (AZURE §8), as data that the emulator's checks ask for. */

import type { JsonObject } from '../checks.ts';
import type { ErrorAnswer } from '../errors.ts';
import type { ImageFormat } from '../pixels.ts';

export type ServerName = 'ollama' | 'lm-studio' | 'llama-cpp' | 'vllm' | 'openai';

/** What a request to a native address gets. */
export type NativeAnswer = { readonly httpStatus: number; readonly body: unknown };

export type NativeRequest = { readonly method: string; readonly path: string; readonly body: unknown };

/** What a server says of a model: the part of a `Deployment` that it needs for that. */
export type ServedModel = {
  readonly name: string;
  readonly persona: {
    /** `undefined`: it sees no pictures. */
    readonly sizeRule: unknown;
    readonly thinks?: boolean;
    readonly isEmbedding?: boolean;
    readonly contextTokens: number;
  };
};

export type ServerTraits = {
  readonly name: ServerName;
  /** Where it listens unless told otherwise. */
  readonly usualPort: number;
  /** Parameters that it reads. It ignores all others without a word; `undefined`: it refuses what it does not know. */
  readonly reads: ReadonlySet<string> | undefined;
  readonly pictureFormats: readonly ImageFormat[];
  /** `image_url` may be the URL itself. */
  readonly takesBareUrl: boolean;
  /** A web address of a picture: refused in these words. `undefined`: it would fetch it, which the emulator cannot. */
  readonly refusesWebUrl: ErrorAnswer | undefined;
  readonly refusesPicture: ErrorAnswer;
  /** Pictures for a model that sees none: refused so, or, when `undefined`, dropped without a word. */
  readonly refusesBlind: ErrorAnswer | undefined;
  /** It serves one model, whatever a request calls it. */
  readonly servesAnyName: boolean;
  /** How a model is told not to think; `undefined`: it cannot be. */
  readonly isToldNotToThink: ((body: JsonObject) => boolean) | undefined;
  /** Where the thoughts go; `in-text` = into the answer, in `<think>` tags. */
  readonly thoughts: 'reasoning' | 'reasoning_content' | 'in-text';
  readonly fingerprint: string | undefined;
  idOf(requestNumber: number): string;
  /** Puts an error into this server's envelope. */
  toError(answer: ErrorAnswer): ErrorAnswer;
  unknownModel(name: string): ErrorAnswer;
  unauthorized: ErrorAnswer;
  listModels(deployments: readonly ServedModel[], isOld: boolean): JsonObject;
  /** `undefined`: it has no such address. `isOld`: as versions before the newest answer. */
  native(
    request: NativeRequest,
    deployments: readonly ServedModel[],
    isOld: boolean,
  ): NativeAnswer | undefined;
};

/** The sentence of an error, whichever envelope the checks have put it into. */
export function messageOf({ body }: ErrorAnswer): string {
  if (typeof body === 'string') return body;
  const error = (body as { error?: { message?: unknown } | string }).error; // why: only errors.ts makes these bodies
  const message = typeof error === 'string' ? error : error?.message;
  return typeof message === 'string' ? message : 'unknown error';
}

export const createdAtSeconds = 1_744_600_000;
