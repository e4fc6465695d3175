import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatQuery } from '../../app/search/format-query.ts';
import { parseQuery } from '../../app/search/parse-query.ts';
import { listChoices } from '../../app/search/query-fields.ts';
import type { QueryNode } from '../../app/search/query.ts';
import { queryText } from './query-text.ts';

function withoutRanges(node: QueryNode | null): unknown {
  return JSON.parse(JSON.stringify(node, (key, value: unknown) => (key === 'range' ? undefined : value)));
}

function canonical(text: string): string {
  return formatQuery(parseQuery(text));
}

function notes(text: string): string[] {
  return parseQuery(text).notes.map((note) => note.code);
}

describe('parseQuery', () => {
  test('reads back its own spelling as the same tree, whatever was typed', () => {
    fc.assert(
      fc.property(queryText, fc.boolean(), (text, asYouType) => {
        const parsed = parseQuery(text, { asYouType });
        const again = parseQuery(formatQuery(parsed));
        expect(withoutRanges(again.node)).toEqual(withoutRanges(parsed.node));
      }),
      { numRuns: 1500 },
    );
  });

  test('points into what was typed', () => {
    fc.assert(
      fc.property(queryText, (text) => {
        const check = (node: QueryNode): void => {
          expect(node.range.start).toBeGreaterThanOrEqual(0);
          expect(node.range.end).toBeGreaterThan(node.range.start);
          expect(node.range.end).toBeLessThanOrEqual(text.length);
          if (node.kind === 'and' || node.kind === 'or') node.nodes.forEach(check);
          if (node.kind === 'not') check(node.node);
        };
        const { node } = parseQuery(text);
        if (node !== null) check(node);
      }),
    );
  });

  test.each([
    ['parentheses', '('.repeat(70_000)],
    ['negated groups', '-(a '.repeat(20_000)],
    ['alternating groups', '(a OR (b '.repeat(10_000)],
    ['fields in fields', 'foo:'.repeat(20_000)],
    ['dashes', '-'.repeat(100_000)],
    ['one long word', 'x'.repeat(1_000_000)],
    ['many words', 'dog '.repeat(100_000)],
    ['quotes', '"'.repeat(100_001)],
  ])('takes a very long run of %s, and reads back what it kept', (_, text) => {
    const parsed = parseQuery(text);
    expect(withoutRanges(parseQuery(formatQuery(parsed)).node)).toEqual(withoutRanges(parsed.node));
  });

  test.each([
    ['dog beach', 'dog beach'],
    ['dog AND beach', 'dog beach'],
    ['"golden gate" bridge', '"golden gate" bridge'],
    ['“golden gate” bridge', '"golden gate" bridge'],
    ['dog -leash', 'dog -leash'],
    ['dog NOT leash', 'dog -leash'],
    ['--dog', 'dog'],
    ['-(dog cat)', '-(dog cat)'],
    ['sun*', 'sun*'],
    // OR binds its neighbours; AND, where written, binds before OR.
    ['dog OR cat beach', '(dog OR cat) beach'],
    ['dog AND beach OR cat AND sofa', '(dog beach) OR (cat sofa)'],
    ['dog | cat', 'dog OR cat'],
    ['salt and pepper or not', 'salt and pepper or not'],
    ['KW:leash', 'keyword:leash'],
    ['-kw:leash', '-keyword:leash'],
    ['camera:"Nikon D40"', 'camera:"Nikon D40"'],
    ['camera:(nikon OR canon)', 'camera:nikon OR camera:canon'],
    ['camera:(nikon -"d40")', 'camera:nikon -camera:"d40"'],
    ['type:JPG', 'format:jpeg'],
    ['color:gray', 'color:grey'],
    ['label:"To do"', 'label:"To do"'],
    ['rating:>=3', 'rating:>=3'],
    ['rating:≥3', 'rating:>=3'],
    ['rating:-1', 'rating:-1'],
    ['iso:100..400', 'iso:100..400'],
    ['iso:400..100', 'iso:100..400'],
    ['duration:>1:30', 'duration:>90'],
    ['duration:1:02:03', 'duration:3723'],
    ['duration:2m', 'duration:120'],
    ['length:1h30m..2h', 'duration:5400..7200'],
    ['duration:<=1.5min', 'duration:<=90'],
    ['duration:90s', 'duration:90'],
    ['duration:"1h 5m 3s"', 'duration:3903'],
    ['focal:35mm..85mm', 'focal:35..85'],
    ['f:<2,8', 'aperture:<2.8'],
    ['f:f/4', 'aperture:4'],
    ['iso:..400', 'iso:..400'],
    ['year:2018..2020', 'year:2018..2020'],
    ['date:2019-5..2019/07', 'date:2019-05..2019-07'],
    ['date:2020-02-29', 'date:2020-02-29'],
    ['date:17.5.2019', 'date:2019-05-17'],
    ['date:5.2019..3.6.2019', 'date:2019-05..2019-06-03'],
    ['month:December..Feb', 'month:12..2'],
    ['month:2019-05', 'date:2019-05'],
    ['dog (cat', 'dog cat'],
    ['dog) cat', 'dog cat'],
    ['"no entry', '"no entry"'],
    ['black & white', 'black white'],
    ['OR dog OR OR cat AND', 'dog OR cat'],
    ['NOT: dog AND*: OR::', 'dog'],
    ['12:30 https://example.com/a:b', '12:30 https://example.com/a:b'],
    ['() "" -', ''],
    ['', ''],
  ])('understands %s', (typed, meant) => {
    expect(canonical(typed)).toBe(meant);
  });

  test('takes an unknown filter as words, and says so', () => {
    const { notes: found } = parseQuery('foo:bar dog');
    expect(canonical('foo:bar dog')).toBe('foo bar dog');
    expect(found).toEqual([
      {
        code: 'unknown-field',
        message: 'unknown filter ‘foo:’; searched as words',
        range: { start: 0, end: 3 },
      },
    ]);
  });

  test.each([
    'rating:abc',
    'date:2019-99',
    'date:2019-02-30',
    'date:30.2.2019',
    'year:19',
    'iso:..',
    'is:pretty',
    'run:first',
    'run:0',
    'month:13',
    'f:>',
    'width:1e9',
  ])('leaves out %s, which makes no sense, and says so', (typed) => {
    expect(canonical(`${typed} dog`)).toBe('dog');
    expect(notes(`${typed} dog`)).toEqual(['bad-value']);
  });

  test.each([
    ['is:fialed', 'Perhaps is:failed?'],
    ['is:failing', 'Perhaps is:failed?'],
    ['is:bursts', 'Perhaps is:burst?'],
    ['shape:landscap', 'Perhaps shape:landscape?'],
  ])('says of %s what may be meant, and what else there is', (typed, hint) => {
    const [note] = parseQuery(typed).notes;
    expect(note?.message).toContain(hint);
    const field = typed.split(':')[0] ?? '';
    for (const value of listChoices(field === 'is' ? 'is' : 'shape') ?? []) {
      expect(note?.message).toContain(`${field}:${value}`);
    }
  });

  test('guesses nothing where nothing is near', () => {
    const [note] = parseQuery('is:pretty').notes;
    expect(note?.message).not.toContain('Perhaps');
    expect(note?.message).toContain('is:undescribed');
  });

  test('leaves out filters whose value is not typed yet', () => {
    expect(canonical('dog folder: place:')).toBe('dog');
    expect(notes('dog folder: place:')).toEqual(['empty-value', 'empty-value']);
  });

  test('keeps where each part stands, for chips', () => {
    const { node } = parseQuery('dog -camera:"Nikon D40"');
    expect(node).toEqual({
      kind: 'and',
      range: { start: 0, end: 23 },
      nodes: [
        { kind: 'text', field: null, text: 'dog', match: 'word', range: { start: 0, end: 3 } },
        {
          kind: 'not',
          range: { start: 4, end: 23 },
          node: {
            kind: 'text',
            field: 'camera',
            text: 'Nikon D40',
            match: 'phrase',
            range: { start: 5, end: 23 },
          },
        },
      ],
    });
  });

  test.each([
    ['dog bea', 'dog bea*'],
    ['dog bea ', 'dog bea'],
    ['dog "bea', 'dog "bea"'],
    ['dog b', 'dog'],
    ['camera:nik', 'camera:nik*'],
    ['dog 東', 'dog 東*'],
  ])('completes the last word of %s while it is typed', (typed, meant) => {
    expect(formatQuery(parseQuery(typed, { asYouType: true }))).toBe(meant);
  });

  test('keeps what fits of a search that is too long or too deep', () => {
    expect(notes('dog '.repeat(101))).toEqual(['too-long']);
    expect(canonical('dog '.repeat(101)).split(' ')).toHaveLength(100);
    const deep = `${'(a OR (b '.repeat(10)}${'))'.repeat(10)}`;
    expect(notes(deep)).toEqual(['too-deep']);
    expect(canonical(deep)).toMatch(/^a OR \(b \(a OR/);
  });
});
