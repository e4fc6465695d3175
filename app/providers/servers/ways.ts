import type { Learned, ServerKind } from '../../contract/models/connection.ts';

/** What a local server wants said in another way than OpenAI does; only what its documents say (AZURE §8). */
export type ServerWays = {
  readonly tokenLimitParameter: NonNullable<Learned['tokenLimitParameter']>;
  /** How it is told that the model shall not think: that costs time and makes captions no better (USERS §5). */
  withoutThinking(learned: Learned): Readonly<Record<string, unknown>>;
};

/** For the model's chat template; a template that does not know it does not mind. */
const toTemplate = { chat_template_kwargs: { enable_thinking: false } };

const ways: Readonly<Partial<Record<ServerKind, ServerWays>>> = {
  ollama: {
    tokenLimitParameter: 'max_tokens',
    withoutThinking: ({ thinks }) => (thinks === false ? {} : { reasoning_effort: 'none' }),
  },
  // Its documents have no switch for `/v1`: what the model thinks is taken out of its answer.
  'lm-studio': { tokenLimitParameter: 'max_tokens', withoutThinking: () => ({}) },
  'llama-cpp': { tokenLimitParameter: 'max_tokens', withoutThinking: () => toTemplate },
  vllm: { tokenLimitParameter: 'max_tokens', withoutThinking: () => toTemplate },
};

/** `undefined` for servers that speak as OpenAI does, and for unknown ones. */
export function waysOf(server: ServerKind | undefined): ServerWays | undefined {
  return server === undefined ? undefined : ways[server];
}
