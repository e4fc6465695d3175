import { connectionId } from '../../app/contract/ids.ts';
import type { Connection } from '../../app/contract/models/connection.ts';
import type { Answer, KnownFacts, ProviderOutcome, VisionRequest } from '../../app/providers/provider.ts';

/** A connection as a person would have set it up; tests name what they are about. */
export function sampleConnection(changes: Partial<Connection> = {}): Connection {
  return {
    id: connectionId.parse(1),
    kind: 'azure-openai',
    name: 'test',
    endpoint: 'http://127.0.0.1:1234',
    form: 'v1',
    apiVersion: null,
    deployment: 'my-gpt41',
    modelId: 'gpt-4.1',
    concurrency: 1,
    requestsPerMinute: null,
    tokensPerMinute: null,
    ownPrice: null,
    ownLimits: { requestsPerMinute: null, tokensPerMinute: null },
    learned: {},
    state: 'ready',
    error: null,
    ...changes,
  };
}

export function sampleKnownFacts(changes: Partial<KnownFacts> = {}): KnownFacts {
  return {
    facts: {},
    fileName: 'DSC_0001.JPG',
    folders: ['Arezzo'],
    notes: [],
    widthPx: 3000,
    heightPx: 2000,
    frameCount: 1,
    colors: ['green', 'blue'],
    isMonochrome: false,
    ...changes,
  };
}

export const sampleSchema = {
  name: 'photo',
  schema: {
    type: 'object',
    additionalProperties: false,
    properties: { caption: { type: 'string' }, keywords: { type: 'array', items: { type: 'string' } } },
    required: ['caption', 'keywords'],
  },
};

export function sampleRequest(changes: Partial<VisionRequest> = {}): VisionRequest {
  return {
    instructions: 'You describe photos.',
    text: 'Describe this photo.',
    pictures: [
      {
        bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xd9]),
        mediaType: 'image/jpeg',
        widthPx: 512,
        heightPx: 341,
        detail: 'low',
      },
    ],
    responseSchema: sampleSchema,
    maxOutputTokens: 300,
    known: sampleKnownFacts(),
    ...changes,
  };
}

/** The answer, where a test has no use for any other outcome. */
export function answered(outcome: ProviderOutcome): Answer {
  if (outcome.status === 'answered') return outcome;
  throw new Error(`No answer, but ${JSON.stringify(outcome)}`);
}
