/** @file One chat completion: from the body that came in to the reply that goes out. */

import { readChatRequest, withoutPictures, type ChatRequest } from './chat-request.ts';
import { isObject, refuseMissing } from './checks.ts';
import { completionBody, createCompletion, type Completion } from './completion.ts';
import { deploymentNotFound, errorCodeOf, gatewayError, modelError, Refusal } from './errors.ts';
import { checkOnePicture, groundingOf, readEnhancements, type Enhancements } from './extensions.ts';
import { alterCompletion } from './fault-completions.ts';
import { faultError, isChargedError } from './fault-errors.ts';
import { responseStreamParts, streamParts } from './fault-streams.ts';
import { completionFaults, errorFaults, type Fault, type FaultSwitches } from './faults.ts';
import type { JournalEntry } from './journal.ts';
import type { Deployment } from './personas.ts';
import type { Internet } from './pictures.ts';
import type { RateLimiter } from './rate-limit.ts';
import { errorReply, jsonReply, textReply, type Reply, type Wire } from './reply.ts';
import { refuseChat, responseBody, toChatBody } from './responses.ts';
import type { Route } from './routes.ts';
import type { ServerTraits } from './servers/traits.ts';

export type Served = { readonly deployment: Deployment; readonly limiter: RateLimiter };

export type ChatService = {
  readonly deployments: ReadonlyMap<string, Served>;
  readonly faults: FaultSwitches;
  readonly latencyMs: number;
  readonly traits: ServerTraits | undefined;
  readonly internet: Internet | undefined;
  /** Of the Azure AI Vision resource, as it is now. */
  readonly visionKey: () => string;
};

type ChatRoute = Extract<Route, { kind: 'chat' }>;

/**
 * Checks in the order of the real service: deployment, requests per minute, the request itself, tokens per minute,
 * and only then a fault or the answer. So a wrong request is never forgiven because a fault came first.
 */
export async function answerChat(
  route: ChatRoute,
  bytes: Buffer,
  entry: JournalEntry,
  service: ChatService,
): Promise<Reply> {
  const body = parseBody(bytes);
  entry.body = withoutPictures(body, []);
  const { deployment, limiter } = findDeployment(route, body, service);
  entry.deployment = deployment.name;

  const { apiVersion, form } = route;
  if (deployment.isBatch === true && route.isBatchLine !== true && form !== 'compatible') {
    throw new Refusal(
      gatewayError(
        400,
        'OperationNotSupported',
        'The specified deployment is of type GlobalBatch and answers batches alone.',
      ),
    );
  }
  const tooMany = limiter.takeRequest(apiVersion);
  if (tooMany !== undefined) return errorReply(tooMany, errorCodeOf(tooMany));

  if (body === undefined) refuseBody();
  const isResponses = route.api === 'responses';
  if (deployment.persona.onlyResponses === true && !isResponses) {
    refuseChat(deployment.persona.model, form !== 'compatible');
  }
  const extended =
    route.isExtended === true ? readEnhancements(body, deployment.persona, service.visionKey()) : undefined;
  const request = await readChatRequest(extended?.chat ?? (isResponses ? toChatBody(body) : body), {
    deployment,
    apiVersion,
    internet: service.internet,
  });
  if (extended !== undefined) checkOnePicture(request);
  entry.pictures = request.pictures.map(({ record }) => record);
  entry.body = withoutPictures(body, request.pictures);
  entry.isStream = request.isStream;

  const outputTokens = request.maxOutputTokens ?? deployment.persona.defaultOutputTokens;
  const tooMuch = limiter.takeTokens(request.promptTokens + outputTokens, apiVersion);
  if (tooMuch !== undefined) return errorReply(tooMuch, errorCodeOf(tooMuch));

  const fault = service.faults.pick({
    number: entry.number,
    deployment: deployment.name,
    form,
    isStream: request.isStream,
    pictures: entry.pictures,
  });
  entry.fault = fault?.name;
  const reply =
    quotedReply(fault, request) ??
    failingReply(fault, request, limiter, apiVersion) ??
    completionReply(fault, request, { route, entry, enhancements: extended?.enhancements });
  // Servers at home say nothing of limits.
  const isHome = service.traits?.reads !== undefined;
  const headers =
    reply.httpStatus === 200 && !isHome ? { ...limiter.headers(), ...reply.headers } : reply.headers;
  return { ...reply, headers, wire: { delayMs: service.latencyMs, ...reply.wire } };
}

/** `undefined` when it is no JSON. */
function parseBody(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined; // The caller refuses it, once the request is counted.
  }
}

function refuseBody(): never {
  const message = 'We could not parse the JSON body of your request. The API expects a JSON payload.';
  throw new Refusal(modelError(message, {}));
}

function findDeployment(route: ChatRoute, body: unknown, service: ChatService): Served {
  const { deployments, traits } = service;
  if (route.deployment === undefined && body === undefined) refuseBody();
  const named = route.deployment ?? (isObject(body) ? body['model'] : undefined);
  if (named === undefined) refuseMissing('model');
  const served = typeof named === 'string' ? deployments.get(named) : undefined;
  if (served !== undefined) return served;
  if (traits !== undefined) {
    const [only] = deployments.values();
    if (traits.servesAnyName && only !== undefined) return only;
    // Ollama writes `llava` for `llava:latest`.
    const latest = typeof named === 'string' ? deployments.get(`${named}:latest`) : undefined;
    if (traits.name === 'ollama' && latest !== undefined) return latest;
    throw new Refusal(traits.unknownModel(typeof named === 'string' ? named : JSON.stringify(named)));
  }
  if (route.form !== 'compatible') throw new Refusal(deploymentNotFound);
  const message = `The model \`${typeof named === 'string' ? named : JSON.stringify(named)}\` does not exist or you do not have access to it.`;
  throw new Refusal(modelError(message, { httpStatus: 404, code: 'model_not_found' }));
}

function quotedReply(fault: Fault | undefined, { promptTokens }: ChatRequest): Reply | undefined {
  if (fault?.name !== 'quoted' || fault.answer === undefined) return undefined;
  const { httpStatus, headers = {}, body, booking } = fault.answer;
  const isCharged = booking === 'estimate';
  const more = {
    headers,
    charge: isCharged ? ('unsaid' as const) : ('free' as const),
    usage: isCharged ? { promptTokens, completionTokens: 0, reasoningTokens: 0 } : undefined,
  };
  return typeof body === 'string'
    ? textReply(httpStatus, 'text/html', body, more)
    : jsonReply(httpStatus, body, { ...more, errorCode: errorCodeOf(fault.answer) });
}

/** The reply of a fault that lets no completion through. */
function failingReply(
  fault: Fault | undefined,
  request: ChatRequest,
  limiter: RateLimiter,
  apiVersion: string | undefined,
): Reply | undefined {
  const name = errorFaults.find((one) => one === fault?.name);
  if (fault === undefined || name === undefined) return undefined;
  const asAzure = faultError(name, fault, {
    apiVersion,
    promptTokens: request.promptTokens,
    contextTokens: request.deployment.persona.contextTokens,
    rateLimitHeaders: limiter.headers(),
  });
  const answer = request.deployment.persona.server?.toError(asAzure) ?? asAzure;
  const isCharged = isChargedError(name);
  const usage = isCharged
    ? { promptTokens: request.promptTokens, completionTokens: 0, reasoningTokens: 0 }
    : undefined;
  return { ...errorReply(answer, errorCodeOf(answer), isCharged ? 'unsaid' : 'free'), usage };
}

function completionReply(
  fault: Fault | undefined,
  request: ChatRequest,
  {
    route: { api, form },
    entry,
    enhancements,
  }: {
    readonly route: ChatRoute;
    readonly entry: JournalEntry;
    readonly enhancements: Enhancements | undefined;
  },
): Reply {
  const id = request.deployment.persona.server?.idOf(entry.number) ?? `chatcmpl-emulator-${entry.number}`;
  const usual = createCompletion(request, { id, isAzure: form !== 'compatible' });
  const good = enhancements === undefined ? usual : enhance(usual, request, enhancements);
  const odd = completionFaults.find((one) => one === fault?.name);
  const completion = odd === undefined || fault === undefined ? good : alterCompletion(odd, fault, good);
  const { usage } = completion;
  const wire = wireOf(fault);
  if (fault?.name === 'empty-body') {
    return textReply(200, 'application/json', '', { charge: 'unsaid', usage });
  }
  if (fault?.name === 'html-200') {
    const page = '<!DOCTYPE html><html><body><h1>Sign in to the network</h1></body></html>';
    return textReply(200, 'text/html', page, { charge: 'unsaid', usage });
  }
  if (request.isStream) {
    const parts =
      api === 'responses'
        ? responseStreamParts(completion, fault)
        : streamParts(completion, request.includeUsage, fault);
    return {
      httpStatus: 200,
      headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
      chunks: parts.chunks,
      isStream: true,
      wire: { ...wire, ...parts.wire },
      charge: parts.isUsageSaid ? 'said' : 'unsaid',
      usage,
    };
  }
  const charge = completion.isUsageSaid ? 'said' : 'unsaid';
  const answer = api === 'responses' ? responseBody(completion) : completionBody(completion);
  return jsonReply(200, answer, { wire, charge, usage });
}

/** As `vision-preview` wrote it: why it ended as an object, and the places beside the message. */
function enhance(completion: Completion, { pictures }: ChatRequest, { grounding }: Enhancements): Completion {
  const type = completion.finishReason === 'length' ? 'max_tokens' : 'stop';
  const found = groundingOf(completion.text ?? '', pictures[0]?.description);
  return {
    ...completion,
    finishDetails: { type, stop: '<|fim_suffix|>' },
    ...(grounding && { enhancements: found }),
  };
}

function wireOf(fault: Fault | undefined): Wire {
  switch (fault?.name) {
    case 'slow':
      return fault.until === undefined ? { delayMs: fault.delayMs ?? 100 } : { until: fault.until };
    case 'cut-before-headers':
      return { end: 'cut-before-headers' };
    case 'cut-body':
      return { end: 'cut-halfway' };
    case 'stalled-body':
      return { end: 'stall-halfway' };
    default:
      return {};
  }
}
