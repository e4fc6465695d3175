import * as fc from 'fast-check';

/** Pieces that mean something, so that random strings of them reach every rule. */
const pieces = [
  ...'( ) " “ - -- | || * : // .. >= < a* & NOT NOT: OR:*'.split(' '),
  ' ',
  '  ',
  ' OR ',
  ' AND ',
  ' NOT ',
  'x y',
  '\0',
  '\n',
  ...'camera: kw: date: rating: is: foo: path: month: label: f: title: object: run: by: shape: has: name:'.split(
    ' ',
  ),
  ...'last summer this week 2019 may yesterday 14 juillet =heron similar:1 winter days'.split(' '),
  ...'2019-05 3 1..3 may jpg missing described model square date'.split(' '),
  ...'dog IMG_0412 東京 Zürich İİ 😀 각 \ud800 https://x 12:30'.split(' '),
];
const piece = fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 6 }));

/** What people, and cats on keyboards, type. */
export const queryText = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(''));
