import { builtInLanguageOf } from './built-in-words.ts';
import { composeDescription } from './compose-description.ts';
import type { ProviderOutcome, SendOptions, VisionProvider, VisionRequest } from './provider.ts';

/**
 * Answers without a model and without a network, from what the file and its colours say (DESIGN §1). It sends nothing and
 * costs nothing, so it also answers in folders that are `built-in-only`.
 */
export class BuiltInProvider implements VisionProvider {
  async describe(request: VisionRequest, { signal, onText }: SendOptions): Promise<ProviderOutcome> {
    signal.throwIfAborted();
    const text = JSON.stringify(
      composeDescription(request.known, Date.now(), builtInLanguageOf(request.language)),
    );
    onText?.(text);
    return {
      status: 'answered',
      text,
      finishReason: 'stop',
      usage: { inputTokens: 0, outputTokens: 0 },
      modelAnswered: 'built-in',
      raw: text,
    };
  }

  close(): void {
    // Nothing is open.
  }
}
