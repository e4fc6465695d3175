import { formatCount, plural } from './format.ts';
import { formatUsd } from './money.ts';

/** What the terminal says of a plan. */

export const planText = {
  copies: (copies: number): string =>
    copies === 1
      ? 'One of them is a copy of another, and is described with it.'
      : `${formatCount(copies)} of them are copies of others, and are described with them.`,
  time: (about: string): string => `It takes ${about}, as fast as it was of late.`,
  free: (photos: number, connection: string): string =>
    `${plural(photos, 'photo')} with ${connection}. Nothing leaves this machine and nothing is paid.`,
  ownServer: (photos: number, connection: string): string =>
    `${plural(photos, 'photo')} with ${connection}. Your own server: nothing is paid. If it is, say so with --price.`,
  requests: (photos: number, requests: number, connection: string): string =>
    `${plural(photos, 'photo')} in ${plural(requests, 'request')} to ${connection}.`,
  together: (photos: number, requests: number, saved: number | null): string => {
    const what = `${plural(photos, 'photo')} of bursts and near-duplicates go together in ${plural(requests, 'request')}`;
    return saved === null || saved <= 0 ? `${what}.` : `${what}, which saves about ${formatUsd(saved)}.`;
  },
  apart: 'As a batch each photo is a request of its own: bursts do not go together then.',
  tokens: (image: number, input: number, output: number): string =>
    `Tokens: ${formatCount(image)} for pictures, ${formatCount(input)} in all going in, about ${formatCount(output)} coming out.`,
  countedFromAbove: 'How this model counts pictures is not known: most take half of that or less.',
  transactions: (transactions: number): string =>
    `${plural(transactions, 'transaction')}: each feature of a photo is one. No tokens are counted.`,
  fixedCost: (cost: number, source: string): string => `Cost: ${formatUsd(cost)} (${source}).`,
  cost: (usual: number, most: number, source: string): string =>
    `Cost: about ${formatUsd(usual)}, at most ${formatUsd(most)} (${source}).`,
  otherWay: (isBatch: boolean, usual: number, most: number): string =>
    isBatch
      ? `Overnight, with --batch: about ${formatUsd(usual)}, at most ${formatUsd(most)}. The service takes up to a day.`
      : `The service takes up to a day for it. At once it would cost about ${formatUsd(usual)}, at most ${formatUsd(most)}.`,
  unmeasured: (unmeasured: number, photos: number): string =>
    unmeasured === 1
      ? `${photos === 1 ? 'It' : 'One of them'} is counted at full detail, as it was not decoded yet: with --detail auto it takes much less if it has no text.`
      : `${unmeasured === photos ? 'All' : `${formatCount(unmeasured)} of them`} are counted at full detail, as they were not decoded yet: with --detail auto those without text will take much less.`,
  ownPrice: 'by the price that you gave',
  priceUnknown: (model: string | null): string =>
    model === null
      ? 'Cost: not known. Name the model with --model, or say its price with --price IN/OUT (US dollars per million tokens).'
      : `Cost: not known, because the price of ${model} is not. Say which model it is with --model, or its price with --price IN/OUT (US dollars per million tokens).`,
  outdated: (prompt: string, language: string): string =>
    `Among them is what was described otherwise than it would be now (prompt ${prompt}, language ${language}, the same keywords and style), or by another model.`,
  fallbackFree: (name: string): string => `Whatever ${name} describes in its place costs nothing.`,
  fallbackCost: (name: string, usual: number, most: number): string =>
    `If ${name} had to describe all of it: about ${formatUsd(usual)}, at most ${formatUsd(most)}.`,
  fallbackUnknown: (name: string): string =>
    `What ${name} would take in its place is not known: say its price with connections set '${name}' --price IN/OUT.`,
  unscanned: (folder: string): string =>
    `${folder} was never scanned, so its photos are not in this plan. Scan it first: npm run cutline -- scan`,
  nothing: 'Nothing would be sent: everything in scope is described.',
  nothingLeft: 'Nothing would be sent.',
  leftOut: (files: number): string => `Left out: ${plural(files, 'file')}`,
  address:
    'What a picture takes is known once it is here, and a plan fetches nothing. Give the address to describe: it says what it costs before it sends anything.',
  budget: (budget: number): string => `Budget: ${formatUsd(budget)}. Nothing is sent beyond it.`,
};
