/** @file Streams that do not go as AZURE §1.7 describes the good ones. */

import type { JsonObject } from './checks.ts';
import type { Completion } from './completion.ts';
import { withFilteredCategory } from './fault-completions.ts';
import type { Fault } from './faults.ts';
import { eventChunks, type Wire } from './reply.ts';
import { responseEvents } from './responses.ts';
import { completionEvents } from './stream.ts';

export type StreamParts = {
  readonly chunks: readonly Uint8Array[];
  readonly wire: Wire;
  /** Whether a reader who takes all of it hears the usage. */
  readonly isUsageSaid: boolean;
};

export function streamParts(
  completion: Completion,
  includeUsage: boolean,
  fault: Fault | undefined,
): StreamParts {
  const events = completionEvents(completion, includeUsage);
  const whole = {
    chunks: eventChunks(events, {}),
    wire: {},
    isUsageSaid: includeUsage && completion.isUsageSaid,
  };
  switch (fault?.name) {
    case 'stream-without-done':
      return { ...whole, chunks: eventChunks(events, { hasDone: false }) };
    case 'stream-without-usage':
      return { ...whole, chunks: eventChunks(completionEvents(completion, false), {}), isUsageSaid: false };
    case 'stream-error': {
      const error = { error: { message: errorMessage, type: 'server_error', param: null, code: null } };
      return brokenOff(whole, events, error, { hasDone: false });
    }
    case 'stream-async-filter':
      return { ...whole, chunks: eventChunks(withAnnotation(events, completion), {}) };
    case 'stream-late-filter':
      return {
        ...whole,
        chunks: eventChunks(completionEvents(withFilteredCategory(completion, fault), includeUsage), {}),
      };
    case 'stream-usage-on-finish':
      return { ...whole, chunks: eventChunks(withUsageOnFinish(events), {}) };
    default:
      return withWireFault(whole, events, {}, fault) ?? whole;
  }
}

/** The stream of a response, with the faults that do not depend on the shape of its events. */
export function responseStreamParts(completion: Completion, fault: Fault | undefined): StreamParts {
  const events = responseEvents(completion);
  const written = { hasDone: false, hasNames: true };
  const whole = { chunks: eventChunks(events, written), wire: {}, isUsageSaid: completion.isUsageSaid };
  if (fault?.name === 'stream-error') {
    const code = 'server_error';
    const error = { type: 'error', code, message: errorMessage, param: null, sequence_number: 99 };
    return brokenOff(whole, events, error, written);
  }
  const faulty = withWireFault(whole, events, written, fault);
  if (faulty === undefined && fault?.name.startsWith('stream-') === true) {
    throw new Error(`The emulator does not play ${fault.name} in the Responses API.`);
  }
  return faulty ?? whole;
}

type Writing = Parameters<typeof eventChunks>[1];

/** Faults of the way and of the writing, whatever the events say. `undefined`: it is none of them. */
function withWireFault(
  whole: StreamParts,
  events: readonly JsonObject[],
  written: Writing,
  fault: Fault | undefined,
): StreamParts | undefined {
  switch (fault?.name) {
    case 'slow-stream':
      return { ...whole, wire: { pauseMs: fault.delayMs ?? 10 } };
    case 'cut-stream':
      return { ...whole, wire: { end: 'cut-halfway' } };
    case 'stream-split-characters':
      return { ...whole, wire: { splitsCharacters: true } };
    case 'stream-crlf':
      return { ...whole, chunks: eventChunks(events, { ...written, newline: '\r\n' }) };
    case 'stream-comments':
      return { ...whole, chunks: eventChunks(events, { ...written, hasComments: true }) };
    default:
      return undefined;
  }
}

const errorMessage = 'The server had an error while processing your request. Sorry about that!';

/** Half of the events, and an error in place of the others. */
function brokenOff(
  whole: StreamParts,
  events: readonly JsonObject[],
  error: JsonObject,
  written: Writing,
): StreamParts {
  const half = [...events.slice(0, Math.ceil(events.length / 2)), error];
  return { ...whole, chunks: eventChunks(half, written), isUsageSaid: false };
}

/** As some versions of local servers had it: no event of its own for the usage. */
function withUsageOnFinish(events: readonly JsonObject[]): JsonObject[] {
  const last = events.at(-1);
  const usage = last?.['usage'];
  if (usage === undefined || usage === null) return [...events];
  return events
    .slice(0, -1)
    .map((event, index, all) => (index === all.length - 1 ? { ...event, usage } : event));
}

/** An asynchronous filter's word on what was sent before: a choice without `delta`. */
function withAnnotation(events: readonly JsonObject[], completion: Completion): JsonObject[] {
  const length = completion.text?.length ?? 0;
  const annotation = {
    id: '',
    object: '',
    created: 0,
    model: '',
    choices: [
      {
        index: 0,
        finish_reason: null,
        content_filter_results: { protected_material_text: { filtered: false, detected: false } },
        content_filter_offsets: { check_offset: 0, start_offset: 0, end_offset: length },
      },
    ],
  };
  const middle = Math.ceil(events.length / 2);
  return [...events.slice(0, middle), annotation, ...events.slice(middle)];
}
