import type { ErrorCode } from '../../app/contract/errors.ts';

/**
 * The oddities of streams in AZURE §1.7 and §8 line by line, each with what has to become of it. To be read beside the document;
 * what bytes alone can do (pieces that cut a character in two, a connection that is cut) are faults of the emulator's wire.
 */
export type StreamLine = {
  /** The section, and its words for the line. */
  readonly line: string;
  readonly body: string;
  /** What is heard of the answer and kept; `null`: nothing is kept of what was heard. */
  readonly text: string | null;
  /** Why it is not whole. @default null */
  readonly code?: ErrorCode;
  /** `estimate`: nobody said how much it used. @default 'exact' */
  readonly booking?: 'estimate';
};

const head = {
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1_730_000_000,
  model: 'gpt-4.1-2025-04-14',
};

function event(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

function chunk(choice: object, more: object = {}): string {
  return event({ ...head, choices: [{ index: 0, ...choice }], ...more });
}

const role = chunk({ delta: { role: 'assistant', content: '' }, finish_reason: null });
const first = chunk({ delta: { content: 'A harbour' }, finish_reason: null });
const second = chunk({ delta: { content: ' at dusk.' }, finish_reason: null });
const stop = chunk({ delta: {}, finish_reason: 'stop' });
const counts = { prompt_tokens: 790, completion_tokens: 12, total_tokens: 802 };
const usage = event({ ...head, choices: [], usage: counts });
const done = 'data: [DONE]\n\n';
const whole = 'A harbour at dusk.';

/** A good stream with something put between its pieces. */
function between(...odd: readonly string[]): string {
  return [role, first, ...odd, second, stop, usage, done].join('');
}

const isSafe = { filtered: false, severity: 'safe' };

export const streamTable: readonly StreamLine[] = [
  {
    line: '§1.7 events with choices:[]; empty id, model and object',
    body: `${event({
      id: '',
      object: '',
      created: 0,
      model: '',
      choices: [],
      prompt_filter_results: [{ prompt_index: 0, content_filter_results: { hate: isSafe } }],
    })}${between()}`,
    text: whole,
  },
  {
    line: '§1.7 a choice with no delta, with content_filter_offsets and content_filter_raw',
    body: between(
      chunk({
        finish_reason: null,
        content_filter_results: { hate: isSafe },
        content_filter_offsets: { check_offset: 44, start_offset: 44, end_offset: 198 },
        content_filter_raw: [],
      }),
    ),
    text: whole,
  },
  {
    line: '§1.7 content_filter_results holding only protected_material_text',
    body: between(
      chunk({
        delta: {},
        finish_reason: null,
        content_filter_results: { protected_material_text: { filtered: false, detected: false } },
      }),
    ),
    text: whole,
  },
  {
    line: '§1.7 content_filter_result with an error: the contents are not filtered',
    body: between(
      chunk({
        delta: {},
        finish_reason: null,
        content_filter_result: {
          error: { code: 'content_filter_error', message: 'The contents are not filtered' },
        },
      }),
    ),
    text: whole,
  },
  {
    line: '§1.7 extra fields obfuscation, service_tier, usage.latency_checkpoint',
    body: [
      role,
      chunk(
        { delta: { content: 'A harbour at dusk.' }, finish_reason: null },
        { obfuscation: 'x1Yz', service_tier: 'default' },
      ),
      stop,
      event({ ...head, choices: [], usage: { ...counts, latency_checkpoint: { engine_ttft_ms: 12 } } }),
      done,
    ].join(''),
    text: whole,
  },
  { line: '§1.7 SSE comments', body: between(': keep-alive\n\n', ':\n'), text: whole },
  { line: '§1.7 CRLF', body: between().replaceAll('\n', '\r\n'), text: whole },
  {
    line: '§1.7 a mid-stream error',
    body: `${role}${first}${event({ error: { message: 'The server had an error.', type: 'server_error', code: null } })}`,
    text: 'A harbour',
    code: 'provider-unavailable',
    booking: 'estimate',
  },
  {
    line: '§1.7 stream end without [DONE]',
    body: [role, first, second, stop, usage].join(''),
    text: whole,
  },
  {
    line: '§1.7 the usage event may never come',
    body: [role, first, second, stop, done].join(''),
    text: whole,
    booking: 'estimate',
  },
  {
    line: '§1.7 a late block ends with finish_reason content_filter after text has been delivered',
    body: [
      role,
      first,
      chunk({
        delta: {},
        finish_reason: 'content_filter',
        content_filter_results: { violence: { filtered: true, severity: 'medium' } },
      }),
      usage,
      done,
    ].join(''),
    text: null,
    code: 'content-filtered',
  },
  {
    line: '§1.7 an end before the finish reason: a stream that is cut, however politely',
    body: `${role}${first}`,
    text: 'A harbour',
    code: 'provider-cut-off',
    booking: 'estimate',
  },
  {
    line: '§8 Ollama: role and content in one chunk, one finish chunk with an empty delta, then the usage',
    body: [
      chunk({ delta: { role: 'assistant', content: 'A harbour' }, finish_reason: null }),
      chunk({ delta: { role: 'assistant', content: ' at dusk.' }, finish_reason: null }),
      chunk({ delta: { role: 'assistant', content: '' }, finish_reason: 'stop' }),
      usage,
      done,
    ].join(''),
    text: whole,
  },
  {
    line: '§8 Ollama: usage on the finish chunk',
    body: [role, first, second, chunk({ delta: {}, finish_reason: 'stop' }, { usage: counts }), done].join(
      '',
    ),
    text: whole,
  },
  {
    line: '§8 Ollama: thinking text in delta.reasoning',
    body: [
      chunk({
        delta: { role: 'assistant', content: '', reasoning: 'Boats, so water.' },
        finish_reason: null,
      }),
      first,
      second,
      stop,
      usage,
      done,
    ].join(''),
    text: whole,
  },
  {
    line: '§8 Ollama: ids that repeat',
    body: between().replaceAll('chatcmpl-1', 'chatcmpl-7'),
    text: whole,
  },
];
