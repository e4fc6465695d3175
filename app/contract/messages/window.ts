import type { ErrorCode, ErrorDetails } from '../errors.ts';
import { germanMessages } from './de.ts';
import { messages } from './en.ts';

/**
 * The sentences as the window says them. English ones are the terminal's, except where those name a flag, which nobody in a
 * window can give.
 */
const englishInWindow: Partial<typeof messages> = {
  'consent-needed': () =>
    'This would cost money, and nobody agreed to it. Agree to the plan, or set a budget.',
  'library-unavailable': (d) =>
    `The library's folder cannot be used${d['path'] === undefined ? '' : ` (${d['path']})`}. Choose another one.`,
  'disk-full': (d) =>
    `The disk is full${d['path'] === undefined ? '' : ` (${d['path']})`}. Nothing is lost: free some space and try again.`,
  'read-only': (d) =>
    `Cutline may not write here${d['path'] === undefined ? '' : ` (${d['path']})`}. Choose another folder for the library.`,
  'budget-exceeded': (d) =>
    d['isOverall'] === true
      ? messages['budget-exceeded'](d)
      : `The budget${d['budget'] === undefined ? '' : ` of ${d['budget']}`} does not allow another request. Nothing is lost: it goes on with a larger budget.`,
  'price-unknown': (d) =>
    `The price${d['model'] === undefined ? '' : ` of ${d['model']}`} is not known, so a budget cannot be kept. Enter the model or its price in the connection.`,
  'no-questions': () =>
    'The built-in describer knows facts and no pictures, so it cannot answer questions. Ask a model: set up a connection in the settings, such as Azure OpenAI, OpenAI, or a server of your own like Ollama.',
  'provider-request-too-large': () =>
    'The request is too large for the service. Allow fewer image tokens for each photo.',
  'engine-closed': () => 'Cutline could not be reached just then. Try it again.',
};

const inWindow = { en: { ...messages, ...englishInWindow }, de: germanMessages };

/** The sentence for an error in the window: what happened and what to do there. */
export function windowMessageFor(
  error: { readonly code: ErrorCode; readonly details?: ErrorDetails },
  language: keyof typeof inWindow,
): string {
  return inWindow[language][error.code](error.details ?? {});
}
