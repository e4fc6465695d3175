import { describe, expect, test } from 'vitest';
import { findFaults, findNotes } from '../../build/check-notes.mjs';

function faultsOf(text: string): string[] {
  const { definitions, references } = findNotes('a.ts', text);
  return findFaults(definitions, references);
}

const definition = '/**\n * A claim.\n *\n * [Note: Paid results] A response costs money.\n */';

describe('notes', () => {
  test('a reference to a note that is written once is right', () => {
    expect(faultsOf(`${definition}\nrun(); // see [Note: Paid results]`)).toEqual([]);
  });

  test.each([
    ['the first line of a comment', '// [Note: A] Because.'],
    ['the first line of a JSDoc comment', '/** [Note: A] Because. */'],
    ['a paragraph in a comment', '// One.\n//\n// [Note: A] Because.'],
    ['a comment in SQL', '-- [Note: A] Because.'],
  ])('%s can be a note', (_, text) => {
    expect(findNotes('a.ts', text)).toMatchObject({ definitions: [{ name: 'A' }], references: [] });
  });

  test('a mention that only wraps to the beginning of a line is a reference', () => {
    const { definitions, references } = findNotes(
      'a.ts',
      '// The money rule is in\n// [Note: A] and nowhere else.',
    );
    expect({ definitions, references }).toEqual({
      definitions: [],
      references: [{ file: 'a.ts', line: 2, name: 'A' }],
    });
  });

  test('a reference to nothing is a fault', () => {
    expect(faultsOf('// see [Note: Lost]')).toEqual([
      'a.ts:1 refers to [Note: Lost], which is written nowhere.',
    ]);
  });

  test('a note that is written twice is a fault', () => {
    expect(faultsOf(`${definition}\n\n${definition}`)).toEqual([
      '[Note: Paid results] is written in a.ts:4 and a.ts:10.',
    ]);
  });
});
