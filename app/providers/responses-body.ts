import type {
  ResponseCreateParams,
  ResponseInputItem,
  ResponseInputMessageContentList,
} from 'openai/resources/responses/responses';
import type { Connection } from '../contract/models/connection.ts';
import { abilitiesOf } from './models.ts';
import type { VisionRequest } from './provider.ts';
import {
  temperature,
  toAnswerFormat,
  toDataUrl,
  toInstructions,
  withoutUnsupported,
} from './request-body.ts';

/**
 * The body of the Responses API (AZURE §1.9) for the same request as `toChatCompletionBody`, for models that are served by
 * it alone. Nothing is to be kept at the service.
 */
export function toResponsesBody(
  request: VisionRequest,
  connection: Pick<Connection, 'deployment' | 'modelId' | 'learned'>,
  options: { readonly stream: boolean },
): ResponseCreateParams {
  const { learned } = connection;
  const abilities = abilitiesOf(connection);
  const structuredOutput = learned.structuredOutput ?? abilities.structuredOutput;
  const { reasoningEffort: effort } = abilities;
  const format = toAnswerFormat(request, structuredOutput);
  const optional = {
    ...(abilities.takesTemperature ? { temperature } : {}),
    ...(effort === undefined ? {} : { reasoning: { effort } }),
    ...(format === undefined ? {} : { text: { format } }),
    ...(options.stream ? { stream: true as const } : {}),
  } satisfies Partial<ResponseCreateParams>;
  return {
    model: connection.deployment ?? '',
    instructions: toInstructions(request, structuredOutput),
    input: toInput(request),
    max_output_tokens: request.maxOutputTokens,
    store: false,
    ...withoutUnsupported(optional, learned),
  };
}

/** Pictures stand behind the text that they were first asked about, as in a chat completion. */
function toInput({ text, pictures, earlier = [] }: VisionRequest): ResponseInputItem[] {
  const toUser = (question: string, hasPictures: boolean): ResponseInputItem => {
    const content: ResponseInputMessageContentList = [{ type: 'input_text', text: question }];
    for (const picture of hasPictures ? pictures : []) {
      if (picture.label !== undefined) content.push({ type: 'input_text', text: picture.label });
      content.push({
        type: 'input_image',
        image_url: picture.address ?? toDataUrl(picture),
        detail: picture.detail,
      });
    }
    return { role: 'user', content };
  };
  return [
    ...earlier.flatMap((turn): ResponseInputItem[] => [
      toUser(turn.question, turn.hasPictures),
      { role: 'assistant', content: turn.answer },
    ]),
    toUser(text, !earlier.some(({ hasPictures }) => hasPictures)),
  ];
}
