import { takeFrame, type PageOutcome } from './take-frame.ts';
import type { PageWish } from '../decoder-words.ts';

/** @file The page that decodes frames for the engine: asks for a wish, answers it, asks for the next, until it is closed. */

async function answer(number: number, outcome: PageOutcome): Promise<void> {
  const { jpeg, ...words } = outcome;
  const said = new URLSearchParams({ number: String(number) });
  for (const [name, value] of Object.entries(words)) said.set(name, String(value));
  await fetch(`answer?${said.toString()}`, { method: 'POST', body: jpeg ?? null });
}

for (;;) {
  const response = await fetch('wish');
  const wish = (await response.json()) as PageWish; // why: the main process says nothing else
  await answer(wish.number, await takeFrame(wish));
}
