/** @file Requests and pictures for the emulator's own tests. */

import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import type { Emulator } from './server.ts';

export type Body = Record<string, unknown>;

/** A picture of sixteen blocks of colour that the seed chooses. */
export async function drawPicture(
  seed: number,
  {
    widthPx = 320,
    heightPx = 240,
    format = 'jpeg',
  }: { widthPx?: number; heightPx?: number; format?: 'jpeg' | 'png' | 'webp' | 'gif' } = {},
): Promise<Buffer> {
  const channel = (index: number) => (Math.imul(seed + 11, (index + 7) * 2_654_435_761) >>> 24) & 0xff;
  const blocks = Buffer.from(Array.from({ length: 48 }, (_, index) => channel(index)));
  return sharp(blocks, { raw: { width: 4, height: 4, channels: 3 } })
    .resize(widthPx, heightPx, { fit: 'fill', kernel: 'nearest' })
    .toFormat(format)
    .toBuffer();
}

export function dataUrl(bytes: Uint8Array, mediaType = 'image/jpeg'): string {
  return `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`;
}

export function imagePart(url: unknown, detail: unknown = 'high'): Body {
  return { type: 'image_url', image_url: { url, ...(detail !== undefined && { detail }) } };
}

/** A request as it should be; `changes` replace top-level parameters, and `undefined` takes one out. */
export function chatBody(parts: readonly unknown[], changes: Body = {}): Body {
  const body: Body = {
    model: 'gpt-41',
    messages: [
      { role: 'system', content: 'You describe photos.' },
      { role: 'user', content: [{ type: 'text', text: 'Describe this picture.' }, ...parts] },
    ],
    max_tokens: 400,
    ...changes,
  };
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

export type PostOptions = {
  readonly form?: 'dated' | 'v1' | 'compatible';
  readonly deployment?: string;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
};

/** Posts with the right key, to `deployment` in the dated form unless told otherwise. */
export function post(emulator: Emulator, body: unknown, options: PostOptions = {}): Promise<Response> {
  const { form = 'dated', deployment = 'gpt-41', headers, signal } = options;
  const paths = {
    dated: `/openai/deployments/${deployment}/chat/completions?api-version=2024-10-21`,
    v1: '/openai/v1/chat/completions',
    compatible: '/v1/chat/completions',
  };
  return fetch(emulator.endpoint + paths[form], {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'api-key': emulator.key, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal !== undefined && { signal }),
  });
}

export type ErrorBody = {
  error: { code: string | null; message: string; param?: string | null; type?: string | null };
};

export type CompletionBody = {
  model: string;
  prompt_filter_results?: unknown;
  choices: {
    finish_reason?: unknown;
    finish_details?: unknown;
    message: { content: string | null; refusal: string | null };
    content_filter_results?: unknown;
  }[];
  usage?: {
    prompt_tokens: number;
    completion_tokens: number;
    total_tokens: number;
    completion_tokens_details: { reasoning_tokens: number };
  };
};

/** Posts and reads status and body; the body is what the test expects it to be. */
export async function ask<Answer = CompletionBody>(
  emulator: Emulator,
  body: unknown,
  options: PostOptions = {},
): Promise<{ status: number; headers: Headers; body: Answer }> {
  const response = await post(emulator, body, options);
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer };
}

/** Status and `error` of a request that should fail. */
export async function refusal(
  emulator: Emulator,
  body: unknown,
  options: PostOptions = {},
): Promise<ErrorBody['error'] & { status: number }> {
  const answer = await ask<ErrorBody>(emulator, body, options);
  return { status: answer.status, ...answer.body.error };
}

/** The text of the first choice. */
export function textOf({ body }: { body: CompletionBody }): string {
  const text = body.choices[0]?.message.content;
  if (typeof text !== 'string') throw new Error(`No text in ${JSON.stringify(body)}`);
  return text;
}

export function strictFormat(schema: unknown, changes: Body = {}): Body {
  return { type: 'json_schema', json_schema: { name: 'photo', strict: true, schema, ...changes } };
}

/** An object schema as strict mode wants it; `changes` make it otherwise. */
export function strictObject(properties: Readonly<Record<string, unknown>>, changes: Body = {}): Body {
  const required = Object.keys(properties);
  return { type: 'object', additionalProperties: false, properties, required, ...changes };
}

export const photoSchema = strictObject({
  title: { type: 'string' },
  caption: { type: 'string' },
  alt_text: { type: 'string' },
  keywords: { type: 'array', items: { type: 'string' } },
  visible_text: { type: ['string', 'null'] },
});

/** A file that the variable names, or `undefined`. */
export function readNamedFile(variable: string): string | undefined {
  const path = process.env[variable];
  return path === undefined || path === '' ? undefined : readFileSync(path, 'utf8');
}
