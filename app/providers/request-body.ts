import type {
  ChatCompletionContentPart,
  ChatCompletionCreateParams,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';
import type { Connection, Learned } from '../contract/models/connection.ts';
import { abilitiesOf, type ModelAbilities } from './models.ts';
import type { Picture, VisionRequest } from './provider.ts';
import { waysOf } from './servers/ways.ts';

/** Descriptions shall be alike from run to run, but need some room for words. Only sent where the model takes it. */
export const temperature = 0.2;

/**
 * The chat completion body for one request: what the deployment taught us wins over what its model's family is known for
 * (AZURE §1.3, §1.5, §1.8). The text comes before the pictures, and those as data URLs: every service takes that (§8).
 */
export function toChatCompletionBody(
  request: VisionRequest,
  connection: Pick<Connection, 'deployment' | 'modelId' | 'learned'>,
  options: { readonly stream: boolean },
): ChatCompletionCreateParams {
  const { learned } = connection;
  const abilities = abilitiesOf(connection);
  const structuredOutput = learned.structuredOutput ?? abilities.structuredOutput;
  const ways = waysOf(learned.server);
  const tokenLimitParameter =
    learned.tokenLimitParameter ?? ways?.tokenLimitParameter ?? abilities.tokenLimitParameter;

  const optional = {
    [tokenLimitParameter]: request.maxOutputTokens,
    ...(abilities.takesTemperature ? { temperature } : {}),
    ...(ways?.withoutThinking(learned) ?? toEffort(abilities.reasoningEffort)),
    ...toResponseFormat(request, structuredOutput),
    ...(options.stream ? { stream: true as const, stream_options: { include_usage: true } } : {}),
  } satisfies Partial<ChatCompletionCreateParams>;

  return {
    // The dated form has the deployment in its path and ignores this.
    model: connection.deployment ?? '',
    messages: [
      { role: 'system', content: toInstructions(request, structuredOutput) },
      ...toConversation(request),
    ],
    ...withoutUnsupported(optional, learned),
  } satisfies ChatCompletionCreateParams;
}

/**
 * Earlier turns and the new question. The pictures stand where they were first asked about: what stands before a new
 * question is then the same as the last time, and services charge less for that.
 */
function toConversation({ text, pictures, earlier = [] }: VisionRequest): ChatCompletionMessageParam[] {
  const toUser = (question: string, hasPictures: boolean): ChatCompletionMessageParam => ({
    role: 'user',
    content: [{ type: 'text', text: question }, ...(hasPictures ? pictures.flatMap(toParts) : [])],
  });
  return [
    ...earlier.flatMap((turn): ChatCompletionMessageParam[] => [
      toUser(turn.question, turn.hasPictures),
      { role: 'assistant', content: turn.answer },
    ]),
    toUser(text, !earlier.some(({ hasPictures }) => hasPictures)),
  ];
}

function toEffort(
  effort: ModelAbilities['reasoningEffort'],
): Pick<ChatCompletionCreateParams, 'reasoning_effort'> {
  return effort === undefined ? {} : { reasoning_effort: effort };
}

function toResponseFormat(
  request: VisionRequest,
  structuredOutput: StructuredOutput,
): Pick<ChatCompletionCreateParams, 'response_format'> {
  const format = toAnswerFormat(request, structuredOutput);
  if (format === undefined) return {};
  if (format.type === 'json_object') return { response_format: format };
  const { type, ...schema } = format;
  return { response_format: { type, json_schema: schema } };
}

type StructuredOutput = NonNullable<Learned['structuredOutput']>;

type AnswerFormat =
  | { readonly type: 'json_object' }
  | { readonly type: 'json_schema'; name: string; strict: true; schema: Record<string, unknown> };

/** What the answer has to look like, as the Responses API writes it; chat completions wrap the same once more. */
export function toAnswerFormat(
  { responseSchema }: VisionRequest,
  structuredOutput: StructuredOutput,
): AnswerFormat | undefined {
  if (responseSchema === undefined || structuredOutput === 'none') return undefined;
  if (structuredOutput === 'json_object') return { type: 'json_object' };
  const { name, schema } = responseSchema;
  return { type: 'json_schema', name, strict: true, schema: { ...schema } };
}

/**
 * Without a schema in the request, the model has to be told of it in words; JSON mode even refuses a prompt that does not
 * say "JSON" (AZURE §1.8).
 */
export function toInstructions(
  { instructions, responseSchema }: VisionRequest,
  structuredOutput: string,
): string {
  if (responseSchema === undefined || structuredOutput === 'json_schema') return instructions;
  const schema = JSON.stringify(responseSchema.schema);
  return `${instructions}\n\nAnswer with one JSON object that fits this JSON schema, and with nothing else:\n${schema}`;
}

function toParts(picture: Picture): ChatCompletionContentPart[] {
  const { detail, label } = picture;
  return [
    ...(label === undefined ? [] : [{ type: 'text' as const, text: label }]),
    { type: 'image_url', image_url: { url: picture.address ?? toDataUrl(picture), detail } },
  ];
}

export function toDataUrl({ bytes, mediaType }: Picture): string {
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return `data:${mediaType};base64,${base64}`;
}

export function withoutUnsupported<Parameters extends object>(
  parameters: Parameters,
  learned: Learned,
): Partial<Parameters> {
  const left: Partial<Parameters> = { ...parameters };
  const unsupported = new Set(learned.unsupportedParameters);
  // Options of a stream without a stream are an error of their own.
  if (unsupported.has('stream')) unsupported.add('stream_options');
  for (const name of Object.keys(left)) {
    if (unsupported.has(name)) Reflect.deleteProperty(left, name);
  }
  return left;
}
