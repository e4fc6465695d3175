import { array, boolean, constantFrom, oneof, record, string, type Arbitrary } from 'fast-check';
import type { Statement } from '../../app/captioning/merge.ts';
import type { DescriptionFields } from '../../app/contract/models/description.ts';

const text = oneof(
  constantFrom('', '  ', 'A heron.', 'Un héron.'),
  string({ maxLength: 12, unit: 'grapheme' }),
);
const keyword = oneof(
  constantFrom('heron', 'Heron', ' heron', 'water', 'Ärger', 'ärger', 'ＷＡＴＥＲ', '海'),
  string({ minLength: 1, maxLength: 6, unit: 'grapheme' }),
);

/** What anybody may say of a photo. */
export const anyFields: Arbitrary<DescriptionFields> = record(
  {
    title: text,
    caption: text,
    altText: text,
    keywords: array(keyword, { maxLength: 5 }),
    recognizedText: text,
    objects: array(record({ label: text }), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

export const anyStatement: Arbitrary<Statement> = record({
  owner: constantFrom('model', 'model', 'person', 'file'),
  isBaseline: boolean(),
  fields: anyFields,
}).map(({ owner, isBaseline, fields }) => ({ owner, baseline: owner === 'model' && isBaseline, fields }));

export const anyStatements = array(anyStatement, { maxLength: 7 });
