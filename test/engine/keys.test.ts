import { readFileSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Engine } from '../../app/engine.ts';
import { MemorySecretBox } from '../../app/platform/secret-box.ts';
import { useTemporaryFolder } from '../helpers/database.ts';
import { azureSettings, useEmulator } from '../helpers/engine.ts';

const secret = 'a-key-that-nobody-may-see-4711';

describe('the key of a connection', () => {
  it('is set by a person, used, told to nobody, written nowhere in the library, and gone when it is removed', async () => {
    const emulator = await useEmulator();
    const libraryFolder = join(useTemporaryFolder(), 'library');
    const engine = new Engine({ libraryFolder, secrets: new MemorySecretBox() });
    const { id } = await engine.call('connection.save', azureSettings(emulator));
    const isUsable = async (): Promise<boolean> =>
      (await engine.call('connection.test', { connectionId: id })).isUsable;
    expect(await engine.call('secret.state', { connectionId: id })).toEqual({ from: null, keptIn: 'memory' });
    expect(await isUsable()).toBe(false);

    // What a person pastes has spaces around it.
    const set = await engine.call('secret.set', { connectionId: id, key: ` ${emulator.key}\n` });
    expect(set).toEqual({ from: 'memory', keptIn: 'memory' });
    expect(await isUsable()).toBe(true);

    await engine.call('secret.set', { connectionId: id, key: secret });
    expect(await isUsable()).toBe(false);
    await engine.call('secret.remove', { connectionId: id });
    expect(await engine.call('secret.state', { connectionId: id })).toEqual({ from: null, keptIn: 'memory' });
    await engine.close();
    const files = readdirSync(libraryFolder, { withFileTypes: true }).filter((entry) => entry.isFile());
    const holding = files.filter(({ name }) => readFileSync(join(libraryFolder, name)).includes(secret));
    expect(holding).toEqual([]);
  });

  it('goes to no other endpoint that gets the same number', async () => {
    const emulator = await useEmulator();
    const other = await useEmulator();
    const box = new MemorySecretBox();
    const libraryFolder = join(useTemporaryFolder(), 'library');
    const first = new Engine({ libraryFolder, secrets: box });
    const { id } = await first.call('connection.save', azureSettings(emulator));
    await first.call('secret.set', { connectionId: id, key: secret });
    await first.close();
    // Another library in the same place, as after putting back a backup.
    await rm(libraryFolder, { recursive: true });
    const second = new Engine({ libraryFolder, secrets: box });
    const same = await second.call('connection.save', azureSettings(other));
    expect(same.id).toBe(id);
    expect(await second.call('secret.state', { connectionId: id })).toMatchObject({ from: null });
    await second.close();
  });

  it('of the environment has the first say', async () => {
    const emulator = await useEmulator();
    const engine = new Engine({
      libraryFolder: join(useTemporaryFolder(), 'library'),
      credentialOf: () => ({ kind: 'api-key', secret: emulator.key }),
    });
    const { id } = await engine.call('connection.save', azureSettings(emulator));
    await engine.call('secret.set', { connectionId: id, key: secret });
    expect(await engine.call('secret.state', { connectionId: id })).toMatchObject({ from: 'environment' });
    await engine.close();
  });
});
