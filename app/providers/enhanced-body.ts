import type { Connection } from '../contract/models/connection.ts';
import type { VisionRequest, VisionResource } from './provider.ts';
import { toChatCompletionBody } from './request-body.ts';

/** The one version in which they ever were (AZURE §1.1 D). */
export const enhancedVersion = '2023-12-01-preview';
export const enhancedPath = '/extensions/chat/completions';

type Enhanced = Connection & { readonly enhancements: NonNullable<Connection['enhancements']> };

/**
 * Whether a request goes with the retired enhancements: one picture, described, and not streamed. Questions and several pictures
 * go as they always do.
 */
export function isEnhanced(
  connection: Connection,
  { pictures, responseSchema }: VisionRequest,
  { stream }: { readonly stream: boolean },
): connection is Enhanced {
  return (
    connection.enhancements !== undefined && pictures.length === 1 && responseSchema !== undefined && !stream
  );
}

/**
 * The body of the retired route (AZURE §5.1): that of a chat completion, with what is to be found and by whom. The key of the
 * Vision resource is part of it, as the service wanted it. JSON mode is not available beside pictures there.
 */
export function toEnhancedBody(
  request: VisionRequest,
  connection: Enhanced,
  { endpoint, key }: VisionResource,
): Readonly<Record<string, unknown>> {
  const { learned, enhancements } = connection;
  const body = toChatCompletionBody(
    request,
    { ...connection, learned: { ...learned, structuredOutput: 'none', tokenLimitParameter: 'max_tokens' } },
    { stream: false },
  );
  return {
    ...body,
    enhancements: Object.fromEntries(enhancements.features.map((feature) => [feature, { enabled: true }])),
    dataSources: [{ type: 'AzureComputerVision', parameters: { endpoint, key } }],
  };
}
