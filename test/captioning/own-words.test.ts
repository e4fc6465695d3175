import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keywordKey } from '../../app/captioning/keyword-key.ts';
import { mergeStatements } from '../../app/captioning/merge.ts';
import { changeOwnWords, joinOwnWords, type OwnChange } from '../../app/captioning/own-words.ts';
import type { StatementFields } from '../../app/contract/models/description.ts';

const word = fc.constantFrom('dog', 'Dog', 'cat', 'sea', 'Zoë', ' sea ');
const words = fc.array(word, { maxLength: 4 });
const text = fc.constantFrom('One', 'Two', '  ', '', null, undefined);
const change: fc.Arbitrary<OwnChange> = fc.record({
  title: text,
  caption: text,
  altText: text,
  keywords: fc.oneof(
    fc.constant(undefined),
    fc.constant(null),
    fc.record({ add: words, remove: words }),
    fc.record({ set: words }),
  ),
  objects: fc.constantFrom(
    undefined,
    null,
    [],
    [{ label: 'dog', box: { x: 0, y: 0, width: 1, height: 0.5 } }],
  ),
});

/** What is shown when a person says these, one after the other, beside a file and a model. */
function shown(own: readonly StatementFields[]) {
  const others = [
    { owner: 'file', baseline: false, fields: { caption: 'From the file', keywords: ['beach', 'dog'] } },
    {
      owner: 'model',
      baseline: false,
      fields: { title: 'By a model', caption: 'Model', keywords: ['Sea', 'sky', 'cat'] },
    },
  ] as const;
  const person = own.map((fields) => ({ owner: 'person', baseline: false, fields }) as const);
  return mergeStatements([
    ...others.map((each) => ({ ...each, fields: { ...each.fields, keywords: [...each.fields.keywords] } })),
    ...person,
  ]);
}

const names = (keywords: readonly { readonly keyword: string }[]) => keywords.map(({ keyword }) => keyword);

describe('what a person changes', () => {
  it('says the same in one statement as in those that it takes the place of', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), change, (changes, last) => {
        let own: StatementFields = {};
        const history: StatementFields[] = [];
        for (const each of changes) {
          own = changeOwnWords(own, each);
          history.push(own);
        }
        expect(joinOwnWords([own])).toEqual(own);
        const after = changeOwnWords(own, last);
        expect(shown([joinOwnWords([after])])).toEqual(shown([after]));
      }),
    );
  });

  it('is there, or is not there, as they said, whoever says what besides', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), words, words, (changes, add, remove) => {
        const before = changes.reduce<StatementFields>((own, each) => changeOwnWords(own, each), {});
        const { keywords } = shown([changeOwnWords(before, { keywords: { add, remove } })]);
        const keys = names(keywords).map(keywordKey);
        expect(new Set(keys).size).toBe(keys.length);
        for (const keyword of add) {
          expect(keywords.find((each) => keywordKey(each.keyword) === keywordKey(keyword))?.owner).toBe(
            'person',
          );
        }
        const addedKeys = new Set(add.map(keywordKey));
        const gone = remove.map(keywordKey).filter((key) => !addedKeys.has(key));
        expect(keys.filter((key) => gone.includes(key))).toEqual([]);
      }),
    );
  });

  it('gives a field back to whoever says something when it is cleared', () => {
    const own = changeOwnWords({}, { title: 'Mine', caption: 'My words', keywords: { set: ['only this'] } });
    expect(shown([own])).toMatchObject({
      title: { text: 'Mine', owner: 'person' },
      caption: { text: 'My words', owner: 'person' },
      keywords: [{ keyword: 'only this', owner: 'person' }],
    });
    const cleared = changeOwnWords(own, { title: ' ', caption: null, keywords: null });
    expect(cleared).toEqual({});
    expect(shown([cleared])).toMatchObject({
      title: { text: 'By a model', owner: 'model' },
      caption: { text: 'From the file', owner: 'file' },
    });
    expect(names(shown([cleared]).keywords)).toEqual(['beach', 'dog', 'Sea', 'sky', 'cat']);
  });

  it('leaves the other keywords to whoever said them', () => {
    const own = changeOwnWords({}, { keywords: { add: ['Anna'], remove: ['CAT'] } });
    expect(shown([own]).keywords).toEqual([
      { keyword: 'beach', owner: 'file' },
      { keyword: 'dog', owner: 'file' },
      { keyword: 'Sea', owner: 'model' },
      { keyword: 'sky', owner: 'model' },
      { keyword: 'Anna', owner: 'person' },
    ]);
  });
});
