import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyVariableOf, namedByVariable } from '../../app/contract/key-variable.ts';
import type { ConnectionId } from '../../app/contract/ids.ts';

describe('the variable of a connection', () => {
  it.each([
    ['Work (east)', 'CUTLINE_KEY_WORK_EAST'],
    ['gpt-4o (ann.openai.azure.com)', 'CUTLINE_KEY_GPT_4O_ANN_OPENAI_AZURE_COM'],
    ['Büro Straße', 'CUTLINE_KEY_BURO_STRASSE'],
    ['仕事 2', 'CUTLINE_KEY_2'],
    ['仕事', undefined],
    [' – ', undefined],
  ])('of %j is %s', (name, variable) => {
    expect(keyVariableOf(name)).toBe(variable);
  });

  it('is a name that every shell takes, whatever the connection is called', () => {
    assert(
      property(string({ unit: 'binary' }), (name) => {
        expect(keyVariableOf(name) ?? 'CUTLINE_KEY_X').toMatch(/^CUTLINE_KEY_[A-Z0-9]+(_[A-Z0-9]+)*$/);
      }),
    );
  });

  it('names all connections that differ by case and punctuation alone, and never the built-in describer', () => {
    const connections = (
      [
        ['azure-openai', 'Work-1'],
        ['openai-compatible', 'work 1'],
        ['azure-openai', 'work'],
        ['built-in', 'Work 1'],
      ] as const
    ).map(([kind, name], index) => ({ id: index as ConnectionId, kind, name }));
    expect(namedByVariable('CUTLINE_KEY_WORK_1', connections).map(({ name }) => name)).toEqual([
      'Work-1',
      'work 1',
    ]);
  });
});
