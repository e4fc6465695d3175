import { array, assert, pre, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keywordKey } from '../../app/captioning/keyword-key.ts';
import { mergeStatements, type Statement } from '../../app/captioning/merge.ts';
import type { DescriptionFields, OwnedKeyword, Owner } from '../../app/contract/models/description.ts';
import { anyFields, anyStatements } from './statements.ts';

const textFields = ['title', 'caption', 'altText'] as const;

const byModel = (fields: DescriptionFields): Statement => ({ owner: 'model', baseline: false, fields });
const byPerson = (fields: DescriptionFields): Statement => ({ owner: 'person', baseline: false, fields });
const byFile = (fields: DescriptionFields): Statement => ({ owner: 'file', baseline: false, fields });
const builtIn = (fields: DescriptionFields): Statement => ({ owner: 'model', baseline: true, fields });

const isSaid = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';
const isByModel = (said: { readonly owner: Owner } | null): boolean =>
  said === null || said.owner === 'model';
const isByOthers = (keyword: OwnedKeyword): boolean => !isByModel(keyword);
const rank = ({ owner, baseline }: Statement): number =>
  baseline ? 0 : ['model', 'file', 'person'].indexOf(owner) + 1;
const keysOf = (keywords: readonly string[]): string[] => keywords.map(keywordKey);

describe('the current description', () => {
  it('is empty when nobody has said anything', () => {
    expect(mergeStatements([])).toEqual({
      title: null,
      caption: null,
      altText: null,
      keywords: [],
      recognizedText: null,
      textLines: [],
      focus: null,
      objects: [],
      moments: [],
      baseline: false,
      isSaid: false,
      otherText: null,
    });
  });

  it('says of each field whose it is', () => {
    const current = mergeStatements([
      byFile({ title: 'Heron 3', keywords: ['Bavaria', 'heron'] }),
      byModel({
        title: 'A heron',
        caption: 'A heron stands in water.',
        altText: 'Heron.',
        keywords: ['Heron', 'water'],
      }),
      byPerson({ altText: 'A grey heron.' }),
    ]);
    expect(current).toMatchObject({
      title: { text: 'Heron 3', owner: 'file' },
      caption: { text: 'A heron stands in water.', owner: 'model' },
      altText: { text: 'A grey heron.', owner: 'person' },
      keywords: [
        { keyword: 'Bavaria', owner: 'file' },
        { keyword: 'heron', owner: 'file' },
        { keyword: 'water', owner: 'model' },
      ],
      baseline: false,
    });
    // Found by search, though not shown.
    expect(current.otherText).toBe('A heron\nHeron.');
  });

  it('never loses a person’s word', () => {
    assert(
      property(anyStatements, (statements) => {
        const current = mergeStatements(statements);
        const persons = statements.filter(({ owner }) => owner === 'person');
        for (const field of textFields) {
          const word = persons.findLast(({ fields }) => isSaid(fields[field]))?.fields[field];
          const kept = word === undefined ? current[field] : { text: word, owner: 'person' };
          expect(current[field]).toEqual(kept);
        }
        const keywords = current.keywords.map(({ keyword }) => keywordKey(keyword));
        const list = persons.findLast(({ fields }) => fields.keywords !== undefined)?.fields.keywords;
        // Each once, however often it is in the list.
        const kept = list === undefined ? keywords : [...new Set(list.map(keywordKey))];
        expect(keywords).toEqual(kept.filter((key) => key !== ''));
      }),
    );
  });

  it('keeps every keyword of the file, unless a person made the list', () => {
    assert(
      property(anyStatements, (statements) => {
        pre(!statements.some(({ owner, fields }) => owner === 'person' && fields.keywords !== undefined));
        const inFile = statements.findLast(({ owner }) => owner === 'file')?.fields.keywords ?? [];
        const current = mergeStatements(statements).keywords;
        const owned = current.filter(({ owner }) => owner === 'file').map(({ keyword }) => keyword);
        // Blanks alone are no keyword.
        expect(new Set(keysOf(owned))).toEqual(new Set(keysOf(inFile).filter((key) => key !== '')));
        // Shown once, however many say it.
        const keys = keysOf(current.map(({ keyword }) => keyword));
        expect(keys).toEqual([...new Set(keys)]);
      }),
    );
  });

  it('shows nothing of a baseline where a model speaks, whichever came first', () => {
    assert(
      property(anyStatements, anyFields, (statements, fields) => {
        for (const both of [
          [...statements, byModel(fields)],
          [byModel(fields), ...statements],
        ]) {
          const spoken = mergeStatements(both);
          const without = mergeStatements(both.filter(({ baseline }) => !baseline));
          expect(spoken.baseline).toBe(false);
          expect(spoken.keywords).toEqual(without.keywords);
          for (const field of textFields) {
            expect(spoken[field]).toEqual(isSaid(fields[field]) ? without[field] : spoken[field]);
          }
        }
      }),
    );
  });

  it('changes by another model’s description only where a model owned it', () => {
    assert(
      property(anyStatements, anyFields, (statements, fields) => {
        const before = mergeStatements(statements);
        const after = mergeStatements([...statements, byModel(fields)]);
        for (const field of textFields) {
          expect(after[field]).toEqual(isByModel(before[field]) ? after[field] : before[field]);
        }
        expect(after.keywords.filter(isByOthers)).toEqual(before.keywords.filter(isByOthers));
      }),
    );
  });

  it('has of each field what the model said last that was asked for it, also that there is nothing', () => {
    assert(
      property(array(anyFields, { minLength: 1, maxLength: 4 }), (said) => {
        const current = mergeStatements(said.map(byModel));
        for (const field of textFields) {
          const last = said.findLast((fields) => fields[field] !== undefined)?.[field];
          expect(current[field]).toEqual(isSaid(last) ? { text: last, owner: 'model' } : null);
        }
        const lastText = said.findLast((fields) => fields.recognizedText !== undefined)?.recognizedText;
        expect(current.recognizedText).toBe(isSaid(lastText) ? lastText : null);
        expect(current.objects).toEqual(
          said.findLast((fields) => fields.objects !== undefined)?.objects ?? [],
        );
      }),
    );
  });

  it('does not depend on the order in which different owners spoke', () => {
    assert(
      property(anyStatements, (statements) => {
        const sorted = statements.toSorted((a, b) => rank(a) - rank(b));
        expect(mergeStatements(sorted)).toEqual(mergeStatements(statements));
      }),
    );
  });
});

describe('a baseline', () => {
  it('is one only as long as no model has spoken', () => {
    const baseline = builtIn({ caption: 'A photo taken in the morning.', keywords: ['morning'] });
    expect(mergeStatements([baseline]).baseline).toBe(true);
    expect(mergeStatements([baseline, byFile({ title: 'Heron' })]).baseline).toBe(true);
    expect(mergeStatements([baseline, byModel({ caption: 'A heron.' })])).toMatchObject({
      baseline: false,
      caption: { text: 'A heron.' },
      keywords: [],
    });
  });
});
