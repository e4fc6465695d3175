import { expect, test } from 'vitest';
import { withTexts } from '../../../renderer/photo/history-texts.ts';

const person = 'person' as const;
const model = 'model' as const;
const textsOf = (history: Parameters<typeof withTexts>[0]) => withTexts(history).map(({ text }) => text);

test('keywords that were taken over say themselves, not the caption that was there already', () => {
  expect(
    textsOf([
      { owner: person, fields: { caption: 'Two boats.', addedKeywords: ['boats', 'harbour'] } },
      { owner: model, fields: { caption: 'Water.', keywords: ['water'] } },
      { owner: person, fields: { caption: 'Two boats.', addedKeywords: ['boats'] } },
      { owner: person, fields: { addedKeywords: ['boats'] } },
    ]),
  ).toEqual(['+ harbour', 'Water.', 'Two boats.', '+ boats']);
});

test('an entry that changed something else says what it holds, and an empty one nothing', () => {
  expect(
    textsOf([
      { owner: person, fields: { caption: 'Two boats.', altText: 'Boats.' } },
      { owner: person, fields: { caption: 'Two boats.' } },
      { owner: model, fields: { keywords: [] } },
      { owner: model, fields: { title: 'Boats', keywords: ['water'] } },
    ]),
  ).toEqual(['Two boats.', 'Two boats.', undefined, 'Boats']);
});
