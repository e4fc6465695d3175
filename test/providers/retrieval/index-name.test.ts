import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isIndexName } from '../../../app/providers/retrieval/index-name.ts';
import { isGoodIndexName } from '../../azure-emulator/retrieval/names.ts';

// The words of the reference: up to 24 characters or a GUID of 36, alphanumeric at the start, each hyphen followed by one.
test.each([
  ['my-video-index', true],
  ['A', true],
  ['2019', true],
  ['a2345678901234567890-234', true],
  ['a2345678901234567890-2345', false],
  ['123e4567-e89b-12d3-a456-426614174000', true],
  ['123e4567-e89b-12d3-a456-42661417400', false],
  ['', false],
  ['-index', false],
  ['index-', false],
  ['my--index', false],
  ['my index', false],
  ['my_index', false],
  ['größe', false],
  ['../other', false],
])('%s', (name, isGood) => {
  expect(isIndexName(name)).toBe(isGood);
});

test('what the rule allows is taken, what it forbids is not, by two writings of the rule', () => {
  const likely = fc.string({ unit: fc.constantFrom('a', 'Z', '7', '-', '_', ' ', 'é'), maxLength: 40 });
  fc.assert(
    fc.property(fc.oneof(likely, fc.string(), fc.uuid()), (name) => {
      expect(isIndexName(name)).toBe(isGoodIndexName(name));
    }),
  );
});

test('a good name stays one address, whatever is in it', () => {
  const words = fc.array(fc.stringMatching(/^[a-zA-Z0-9]{1,6}$/), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(words, (parts) => {
      const name = parts.join('-');
      expect(isIndexName(name)).toBe(true);
      expect(encodeURIComponent(name)).toBe(name);
    }),
  );
});
