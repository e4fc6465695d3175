import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FileSecretBox } from '../../app/platform/file-secret-box.ts';
import { useTemporaryFolder } from '../helpers/database.ts';

describe('keys in a file', () => {
  it('are there after a restart, for their owner alone', async () => {
    const path = join(useTemporaryFolder(), 'config', 'keys.json');
    const box = new FileSecretBox(path);
    expect(box.get('a')).toBeUndefined();
    // At the same time: none may be lost.
    await Promise.all([box.set('a', 'one'), box.set('b', 'two'), box.set('c', 'three'), box.remove('b')]);
    const again = new FileSecretBox(path);
    expect([again.get('a'), again.get('b'), again.get('c')]).toEqual(['one', undefined, 'three']);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await chmod(path, 0o644);
    again.get('a');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('are not overwritten when the file cannot be understood', async () => {
    const path = join(useTemporaryFolder(), 'keys.json');
    await writeFile(path, '{"a":"one"');
    const box = new FileSecretBox(path);
    expect(() => box.get('a')).toThrow(SyntaxError);
    await expect(box.set('b', 'two')).rejects.toThrow(SyntaxError);
    expect(await readFile(path, 'utf8')).toBe('{"a":"one"');
  });
});
