import { pluralIn } from '../plural.ts';

const n = pluralIn('en');

/** How the engine behind the window is, and what a person can do about it. */
export const engine = {
  connecting: 'Connecting to the engine …',
  starting: 'Opening the library …',
  restarting: (attempt: number) =>
    attempt === 1
      ? 'The engine ended unexpectedly and is being started again. Nothing is lost; the queue goes on where it was.'
      : `The engine ended again (attempt ${attempt} to start it). Nothing is lost; the queue goes on where it was.`,
  disconnected: (seconds: number) =>
    n(seconds, {
      one: 'The connection to Cutline is cut. What you see may be old. Next attempt in # second.',
      other: 'The connection to Cutline is cut. What you see may be old. Next attempt in # seconds.',
    }),
  disconnectedNow: 'The connection to Cutline is cut. What you see may be old. Connecting again now …',
  closing: 'Cutline is closing: what was sent is being finished.',
  stoppedTitle: 'Cutline cannot work now',
  retryAt: (seconds: number) =>
    n(seconds, { one: 'Tried again by itself in # second.', other: 'Tried again by itself in # seconds.' }),
  connectNow: 'Connect now',
  back: 'Cutline is back. Everything is up to date.',
};
