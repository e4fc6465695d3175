import type { ConnectionId } from '../../contract/ids.ts';
import { AppError } from '../../platform/errors.ts';
import { findMissingPart } from '../../providers/client.ts';
import { isIndexName } from '../../providers/retrieval/index-name.ts';
import { RetrievalClient } from '../../providers/retrieval/retrieval-client.ts';
import { getConnection } from '../../settings/connection-store.ts';
import type { VideoIndexParts } from './parts.ts';

/** The resource of Image Analysis is that of video retrieval too: one endpoint, one key. @throws {AppError} */
export async function clientOf(parts: VideoIndexParts, id: ConnectionId): Promise<RetrievalClient> {
  const connection = getConnection(parts.read, id);
  if (connection.kind !== 'azure-vision') {
    throw new AppError('invalid-input', {
      reason: 'Indexes of videos are a matter of Azure AI Vision: name a connection to that.',
    });
  }
  const credential = parts.keys.credentialOf(connection);
  const missing = findMissingPart({ connection, credential });
  if (missing !== undefined) throw new AppError('provider-misconfigured', { reason: missing });
  return new RetrievalClient({
    endpoint: connection.endpoint ?? '',
    credential,
    timeoutMs: parts.videoIndex.timeoutMs,
    pollMs: parts.videoIndex.pollMs,
  });
}

/** @throws {AppError} `invalid-input` before the service would say so in its words */
export function assertIndexName(name: string): void {
  if (isIndexName(name)) return;
  throw new AppError('invalid-input', {
    reason: `“${name}” cannot be the name of an index: take letters, digits and single hyphens between them, 24 at most.`,
  });
}
