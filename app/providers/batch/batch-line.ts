import type { Connection } from '../../contract/models/connection.ts';
import type { VisionRequest } from '../provider.ts';
import { toChatCompletionBody } from '../request-body.ts';
import { toResponsesBody } from '../responses-body.ts';

type Sender = Pick<Connection, 'form' | 'deployment' | 'modelId' | 'learned'> &
  Partial<Pick<Connection, 'batchDeployment'>>;

/** What all lines of a batch ask: one address for the whole of it. Older versions write it without their own (AZURE §7). */
export function batchEndpoint({ form, learned }: Pick<Sender, 'form' | 'learned'>): string {
  const path = learned.api === 'responses' ? '/responses' : '/chat/completions';
  return form === 'dated' ? path : `/v1${path}`;
}

/** The body that is sent at once, to the deployment that answers batches. */
export function toBatchBody(request: VisionRequest, connection: Sender): Readonly<Record<string, unknown>> {
  const { batchDeployment, deployment, learned } = connection;
  const toBody = learned.api === 'responses' ? toResponsesBody : toChatCompletionBody;
  const body = toBody(
    request,
    { ...connection, deployment: batchDeployment ?? deployment },
    { stream: false },
  );
  return { ...body };
}

/** One line of the file, with its end: JSON, which has no line end of its own. */
export function toBatchLine(
  customId: string,
  endpoint: string,
  body: Readonly<Record<string, unknown>>,
): Buffer {
  return Buffer.from(`${JSON.stringify({ custom_id: customId, method: 'POST', url: endpoint, body })}\n`);
}
