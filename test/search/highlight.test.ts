import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AssetId } from '../../app/contract/ids.ts';
import { documentFields, type DocumentField } from '../../app/contract/match.ts';
import type { AssetDocument } from '../../app/search/document-store.ts';
import { createHighlighter } from '../../app/search/highlight.ts';
import { parseQuery } from '../../app/search/parse-query.ts';

function documentOf(texts: Partial<Record<DocumentField, string>>): AssetDocument {
  const fields = Object.fromEntries(documentFields.map((field) => [field, texts[field] ?? null]));
  return {
    assetId: 1 as AssetId,
    day: '2019-07-14',
    notes: null,
    moments: [],
    fields: fields as AssetDocument['fields'],
  };
}

function highlight(query: string, texts: Partial<Record<DocumentField, string>>, asYouType = false) {
  return createHighlighter(parseQuery(query, { asYouType }).node)?.(documentOf(texts));
}

const readable = (snippet: string | null | undefined) =>
  snippet?.replaceAll('\u0002', '[').replaceAll('\u0003', ']');

describe('createHighlighter', () => {
  test.each([
    ['dog', 'Two dogs and a dog.', 'Two [dogs] and a [dog].'],
    ['"dog"', 'Two dogs and a dog.', 'Two dogs and a [dog].'],
    ['"red barn"', 'A red barn, red.', 'A [red barn], red.'],
    ['red barn', 'A red barn, red.', 'A [red] [barn], [red].'],
    ['zurich', 'In Zu\u0308rich', 'In [Zürich]'],
    ['mueller', 'Frau Müller', 'Frau [Müller]'],
    ['東京', '東京タワー', '[東京]タワー'],
    ['strasse', 'Straße 5', '[Straße] 5'],
    ['bea*', 'Beach and beast', '[Beach] and [beast]'],
    ['no entry', 'NO\nENTRY', '[NO] [ENTRY]'],
    ['dog', 'a \u0002dog\u0003', 'a  [dog] '],
  ])('marks %s in “%s”', (query, caption, marked) => {
    expect(readable(highlight(query, { caption })?.snippet)).toBe(marked);
  });

  test('marks the parts of names', () => {
    expect(readable(highlight('house', { fileName: 'BeachHouse_0412.jpg' })?.snippet)).toBe(
      'Beach[House]_0412.jpg',
    );
    expect(readable(highlight('412', { fileName: 'IMG_0412.jpg' })?.snippet)).toBe('IMG_[0412].jpg');
  });

  test('shows the field with the most words, and names all with any', () => {
    const found = highlight('dog beach', {
      caption: 'A dog.',
      keywords: 'dog, beach',
      folder: 'Archive/Beach',
    });
    expect(readable(found?.snippet)).toBe('[dog], [beach]');
    expect(found?.matchedIn).toEqual(['keywords', 'caption', 'folder']);
  });

  test('looks only where the query asks', () => {
    expect(highlight('title:dog', { caption: 'A dog.', title: 'Dog' })?.matchedIn).toEqual(['title']);
    expect(highlight('-dog', { caption: 'A dog.' })).toBeUndefined();
    expect(highlight('rating:5', { caption: 'A dog.' })).toBeUndefined();
  });

  test('cuts a long text around the match, between words', () => {
    const snippet = readable(
      highlight('heron', { caption: `${'word '.repeat(100)}heron ${'word '.repeat(100)}` })?.snippet,
    );
    expect(snippet).toMatch(/^…word [\s\S]*\[heron\] [\s\S]*word ?…$/);
  });

  /* eslint-disable no-control-regex -- the marks are control characters, so that no text has them */
  test('is at most 160 characters, part of the text, with balanced marks and whole characters', () => {
    const unit = fc.oneof(
      fc.constantFrom('dog', 'dogs', '東京', '😀', 'e\u0301', ' ', ' ', '\n', 'x'.repeat(90)),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    const caption = fc.array(unit, { maxLength: 120 }).map((parts) => parts.join('').toWellFormed());
    fc.assert(
      fc.property(caption, fc.constantFrom('dog', '東京', '"dog dogs"', 'x*', '😀'), (text, query) => {
        const snippet = highlight(query, { caption: text })?.snippet;
        if (snippet === null || snippet === undefined) return;
        const bare = snippet.replaceAll(/[\u0002\u0003]/g, '');
        expect(bare.length).toBeLessThanOrEqual(160);
        expect(bare.isWellFormed()).toBe(true);
        expect(snippet).toMatch(/^(?:[^\u0002\u0003]*\u0002[^\u0002\u0003]+\u0003)+[^\u0002\u0003]*$/);
        const flat = text.normalize('NFC').replaceAll(/[\s\u0002\u0003]/g, ' ');
        const inner = bare.slice(bare.startsWith('…') && !flat.startsWith(bare) ? 1 : 0).replace(/…$/, '');
        expect(flat).toContain(inner);
      }),
      { numRuns: 500 },
    );
  });
});
