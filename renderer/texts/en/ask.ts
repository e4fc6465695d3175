import { pluralIn } from '../plural.ts';

const n = pluralIn('en');

/** Questions about photos. */
export const ask = {
  question: (photos: number) =>
    n(photos, { one: 'Question about this photo', other: 'Question about these # photos' }),
  aboutPhotos: (photos: number) => n(photos, { one: 'Ask about # photo', other: 'Ask about # photos' }),
  close: 'Close the questions',
  goOn: 'Go on asking',
  newThread: 'Ask something new',
  example: 'What does the sign say?',
  exampleOfMany: 'Which of them is the sharpest?',
  who: 'Answered by',
  picturesAre: { sent: 'The picture is sent', address: 'Its address is told' },
  mark: 'Ask about a part',
  markAgain: 'Mark another part',
  whole: 'The whole photo',
  regionSize: (width: number, height: number) => `${String(width)} × ${String(height)} px`,
  regionLabel: (size: string) => `Part of the photo, ${size}. Arrow keys move it, Shift resizes it.`,
  regionKeys: 'arrow keys move it, with Shift they resize it',
  plan: (imageTokens: number, cost: string) =>
    n(imageTokens, {
      one: `# token of pictures, ${cost}`,
      other: `# tokens of pictures, ${cost}`,
    }),
  ask: 'Ask',
  askFor: (cost: string) => `Ask for about ${cost}`,
  stop: 'Stop',
  answer: 'Answer',
  asking: 'Asking …',
  waiting: (time: string) => `The service wants to be left alone until ${time}; it goes on by itself.`,
  threads: 'Asked before',
  threadsOfPart: (part: number) => `Asked before: part ${String(part)}`,
  photos: 'Photos of the question',
  photo: (number: number) => `Photo ${String(number)}`,
  part: (part: number) => `Part ${String(part)}`,
  inParts: (parts: number) =>
    `More photos than the model takes at once: the question is asked in ${String(parts)} parts, each answered by itself.`,
  removeThread: 'Remove this conversation',
  partial: 'Stopped or cut off; this is what had come.',
  aPart: 'about a part',
  exampleOfVideo: 'When does the dog jump into the water?',
  thisMoment: 'Ask about this moment',
  wholeVideo: 'The whole video',
  momentIs: (from: string, to: string) => `about ${from} to ${to}`,
  playFrom: (time: string) => `Play from ${time}`,
  useAsCaption: 'Use as caption',
  addAsKeywords: 'Add as keywords',
  usedAsCaption: 'It is the caption now, and yours.',
  usedAsKeywords: (keywords: string) => `Added to the keywords: ${keywords}.`,
  cannotTitle: 'Nobody can answer yet',
  cannot: 'The built-in describer knows facts and no answers. Questions need a connection to a model.',
  toConnections: 'Set up a connection',
};
