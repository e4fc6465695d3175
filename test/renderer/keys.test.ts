import { describe, expect, it } from 'vitest';
import { chooseByKeys, isPress, partsOfKeys, type KeyPress } from '../../renderer/commands/keys.ts';

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held };
}

describe('keys of commands', () => {
  it('mean ⌘ on a Mac and Ctrl elsewhere by `mod`', () => {
    expect(isPress('mod+k', press('k', { ctrlKey: true }), false)).toBe(true);
    expect(isPress('mod+k', press('k', { ctrlKey: true }), true)).toBe(false);
    expect(isPress('mod+k', press('k', { metaKey: true }), true)).toBe(true);
    expect(isPress('mod+k', press('k'), false)).toBe(false);
  });

  it('tell Shift apart where it changes a key, not where a keyboard needs it for a sign', () => {
    expect(isPress('mod+z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(false);
    expect(isPress('mod+shift+z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(true);
    expect(isPress('?', press('?', { shiftKey: true }), false)).toBe(true);
    expect(isPress('?', press('?'), false)).toBe(true);
    expect(isPress('ArrowLeft', press('ArrowLeft', { shiftKey: true }), false)).toBe(false);
    expect(isPress('Space', press(' '), false)).toBe(true);
  });

  it('know the plus key, which is also what joins keys', () => {
    expect(isPress('mod++', press('+', { ctrlKey: true }), false)).toBe(true);
    expect(partsOfKeys('mod++', false)).toEqual([['Ctrl', '+']]);
  });

  it('complete a sequence before they mean something alone', () => {
    const commands = [{ keys: ['r'] }, { keys: ['g r'] }, { keys: ['g l', 'l'] }] as const;
    const choose = (key: string, first?: string) =>
      chooseByKeys(commands, first === undefined ? undefined : press(first), press(key), false);
    expect(choose('g')).toEqual({ asked: [], begins: true });
    expect(choose('r', 'g')).toEqual({ asked: [commands[1], commands[0]], begins: false });
    expect(choose('r')).toEqual({ asked: [commands[0]], begins: false });
    expect(choose('r', 'x').asked).toEqual([commands[0]]);
    expect(choose('l', 'g').asked).toEqual([commands[2], commands[2]]);
  });

  it('are shown as on the keyboard', () => {
    expect(partsOfKeys('mod+shift+k', true)).toEqual([['⌘', '⇧', 'K']]);
    expect(partsOfKeys('g ArrowLeft', false)).toEqual([['G'], ['←']]);
  });
});
