import { formatCount, plural } from './format.ts';
import { programName } from './program-name.ts';

/** What the terminal says of a photo. */

export const showText = {
  several: (named: string, total: number): string =>
    `${plural(total, 'photo is', 'photos are')} called ${named}: say which one by its path, the end of it, or the number before it.`,
  moreNamed: (more: number, named: string): string =>
    `and ${formatCount(more)} more: ${programName} search 'path:${named}'`,
  fetchedFrom: (address: string): string => `fetched from ${address}`,
  states: {
    found: 'Not read yet.',
    ready: '',
    unsupported: 'Its format cannot be described yet.',
    unreadable: 'It cannot be read.',
    missing: 'Its file is gone.',
    offline: 'Its drive or share is not connected.',
  },
  sameAs: 'the same as',
  togetherWith: 'together with',
  companions: { alternate: 'another file of it', motion: 'the movie of the Live Photo', sidecar: 'sidecar' },
  moments: 'Moments',
  withSound: 'with sound',
  withoutSound: 'without sound',
  notDescribed: 'not described yet',
  baseline: 'by the built-in describer; any model replaces it',
  reviewStates: { draft: 'draft', accepted: 'accepted', edited: 'edited', rejected: 'rejected' },
  doubts: {
    'few-keywords': 'fewer keywords than asked for',
    'other-language': 'another language than asked for',
    'unknown-place': 'a place that was not known',
  },
  builtIn: 'built-in',
  owners: { model: 'model', person: 'you', file: 'from the file' },
  fromAnswer: (who: string): string => `you, from the answer of ${who}`,
  thread: (id: number): string => `thread ${id}`,
  description: {
    title: 'Title',
    caption: 'Caption',
    altText: 'Alt text',
    keywords: 'Keywords',
    recognizedText: 'Text',
    objects: 'Objects',
    doubts: 'Look at',
    review: 'State',
  },
  facts: {
    taken: 'Taken',
    camera: 'Camera',
    lens: 'Lens',
    exposure: 'Exposure',
    place: 'Place',
    position: 'Position',
    rating: 'Rating',
    label: 'Label',
    creator: 'Creator',
    colors: 'Colours',
    file: 'File',
    video: 'Video',
    number: 'Number',
  },
  derivedZone: (offset: string, zone: string): string => `${offset}, by its place: ${zone}`,
  rejected: 'rejected',
  history: 'History',
  questions: 'Questions',
  tokens: (input: number, output: number): string =>
    `${formatCount(input)} tokens in, ${formatCount(output)} out`,
  detail: (detail: string): string => `detail ${detail}`,
  run: (id: number): string => `run ${id}`,
  replaced: 'replaced',
};
