/**
 * @file The least that anybody could do: sends pictures that were rendered beforehand, so many at once, and waits when it is
 * told to. Stores nothing. Its argument is a `ControlLoop` as JSON; each line on stdin is a folder of pictures, each line on
 * stdout says how long that took.
 */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

export type ControlLoop = {
  readonly endpoint: string;
  readonly key: string;
  readonly concurrency: number;
};

export type FolderSent = { readonly sendMs: number; readonly pictures: number };

const script: ControlLoop = JSON.parse(process.argv[2] ?? '') as ControlLoop; // why: the proof's own argument
const url = `${script.endpoint}/openai/deployments/gpt-41/chat/completions?api-version=2024-10-21`;

for await (const folder of createInterface({ input: process.stdin })) {
  const bodies = await Promise.all(
    (await readdir(folder)).map(async (name) => bodyOf(await readFile(join(folder, name)))),
  );
  const pictures = bodies.length;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: script.concurrency }, async () => {
      for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) await send(body);
    }),
  );
  const sent: FolderSent = { sendMs: performance.now() - start, pictures };
  console.log(JSON.stringify(sent));
}

function bodyOf(picture: Buffer): string {
  const properties = { caption: { type: 'string' }, keywords: { type: 'array', items: { type: 'string' } } };
  return JSON.stringify({
    messages: [
      { role: 'system', content: 'Describe the photo: a caption and keywords, as JSON.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Describe this photo.' },
          {
            type: 'image_url',
            image_url: { url: `data:image/jpeg;base64,${picture.toString('base64')}`, detail: 'high' },
          },
        ],
      },
    ],
    max_tokens: 800,
    temperature: 0.2,
    response_format: {
      type: 'json_schema',
      json_schema: {
        name: 'photo_description',
        strict: true,
        schema: {
          type: 'object',
          additionalProperties: false,
          properties,
          required: Object.keys(properties),
        },
      },
    },
  });
}

/** Again and again until there is an answer. */
async function send(body: string): Promise<void> {
  for (;;) {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'api-key': script.key },
        body,
      });
      await response.text();
      if (response.ok) return;
      if (response.status === 429) {
        await wait(Number(response.headers.get('retry-after-ms') ?? 20));
      } else if (response.status < 500 && response.status !== 408) {
        throw new Error(`refused: ${String(response.status)}`);
      }
    } catch (error) {
      // Cut off: `fetch` says so by a TypeError.
      if (!(error instanceof TypeError)) throw error;
    }
  }
}
