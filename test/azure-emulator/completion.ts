/** @file A chat completion as the model service makes it, before faults and before it goes out (AZURE §1.6). */

import { composeAnswer } from './answers.ts';
import type { ChatRequest } from './chat-request.ts';
import type { JsonObject } from './checks.ts';
import { countTextTokens, cutToTokens } from './tokens.ts';

export type Usage = {
  readonly promptTokens: number;
  /** Reasoning tokens are among them. */
  readonly completionTokens: number;
  readonly reasoningTokens: number;
  /** Features of Image Analysis, which counts no tokens. */
  readonly transactions?: number;
};

export type Completion = {
  readonly id: string;
  readonly createdAtSeconds: number;
  readonly model: string;
  readonly text: string | null;
  readonly refusal: string | null;
  /** A string; faults make it an object. */
  readonly finishReason: unknown;
  /** In place of `finish_reason`, as `vision-preview` had it. */
  readonly finishDetails?: JsonObject;
  readonly promptFilter: JsonObject;
  readonly completionFilter: JsonObject;
  /** Always known to the journal; `isUsageSaid` tells whether the answer carries it. */
  readonly usage: Usage;
  readonly isUsageSaid: boolean;
  /** Beside the message, on the retired route (AZURE §5.1). */
  readonly enhancements?: JsonObject;
  /** Azure's content-filter fields; a plain OpenAI-compatible server has none. */
  readonly isAzure: boolean;
  /** Thoughts beside the text, under the name that the server gives them. */
  readonly thoughts?: { readonly name: string; readonly text: string } | undefined;
  readonly fingerprint: string | undefined;
};

const safe = { filtered: false, severity: 'safe' } as const;
export const safeCompletion: JsonObject = { hate: safe, self_harm: safe, sexual: safe, violence: safe };
export const safePrompt: JsonObject = { ...safeCompletion, jailbreak: { filtered: false, detected: false } };

/** What a model at home thinks aloud: with braces in it, so that nobody takes it for the answer. */
const thinking =
  'The person wants JSON such as {"caption": "a draft"}. First I look at the colours, then I write.';

/** Tokens that a reasoning model thinks before it answers, by `reasoning_effort`. */
const thinkingTokens: Readonly<Record<string, number>> = {
  none: 0,
  minimal: 0,
  low: 32,
  medium: 64,
  high: 256,
};

export function createCompletion(
  request: ChatRequest,
  { id, isAzure }: { id: string; isAzure: boolean },
): Completion {
  const { persona } = request.deployment;
  const limit = request.maxOutputTokens ?? persona.defaultOutputTokens;
  const hidden = persona.isReasoning ? (thinkingTokens[request.reasoningEffort ?? 'medium'] ?? 64) : 0;
  const reasoningTokens = Math.min(hidden, limit);
  const { server } = persona;
  const isInText = request.isThinking && server?.thoughts === 'in-text';
  const whole = isInText
    ? `<think>\n${thinking}\n</think>\n\n${composeAnswer(request)}`
    : composeAnswer(request);
  const text = cutToTokens(whole, limit - reasoningTokens);
  return {
    id,
    createdAtSeconds: Math.floor(Date.now() / 1000),
    model: persona.model,
    text,
    refusal: null,
    finishReason: text === whole ? 'stop' : 'length',
    promptFilter: safePrompt,
    completionFilter: safeCompletion,
    usage: {
      promptTokens: request.promptTokens,
      completionTokens: reasoningTokens + countTextTokens(text),
      reasoningTokens,
    },
    isUsageSaid: true,
    isAzure,
    fingerprint: server === undefined ? 'fp_emulator' : server.fingerprint,
    thoughts:
      request.isThinking && server !== undefined && server.thoughts !== 'in-text'
        ? { name: server.thoughts, text: thinking }
        : undefined,
  };
}

/** The body of a 200 that does not stream. */
export function completionBody(completion: Completion): JsonObject {
  const { text, refusal, finishReason, finishDetails, isAzure, thoughts } = completion;
  return {
    id: completion.id,
    object: 'chat.completion',
    created: completion.createdAtSeconds,
    model: completion.model,
    ...(completion.fingerprint !== undefined && { system_fingerprint: completion.fingerprint }),
    ...(isAzure && { prompt_filter_results: [promptFilterResult(completion)] }),
    choices: [
      {
        index: 0,
        ...(finishDetails === undefined
          ? { finish_reason: finishReason }
          : { finish_details: finishDetails }),
        logprobs: null,
        message: {
          role: 'assistant',
          content: text,
          // Only those who speak exactly like OpenAI have it.
          ...(thoughts === undefined ? { refusal } : { [thoughts.name]: thoughts.text }),
        },
        ...(completion.enhancements !== undefined && { enhancements: completion.enhancements }),
        ...(isAzure && { content_filter_results: completion.completionFilter }),
      },
    ],
    ...(completion.isUsageSaid && { usage: usageBody(completion.usage) }),
  };
}

export function promptFilterResult(completion: Completion): JsonObject {
  return { prompt_index: 0, content_filter_results: completion.promptFilter };
}

export function usageBody({ promptTokens, completionTokens, reasoningTokens }: Usage): JsonObject {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: reasoningTokens,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}
