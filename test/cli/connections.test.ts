import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startEmulator, type Emulator, type EmulatorOptions } from '../azure-emulator/server.ts';
import { makePhoto } from '../helpers/photos.ts';
import { createSandbox, jsonLines, type Sandbox } from './run-cli.ts';

async function useEmulator(options: EmulatorOptions): Promise<Emulator> {
  const emulator = await startEmulator(options);
  onTestFinished(() => emulator.close());
  return emulator;
}

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');

const addHome = (sandbox: Sandbox, { compatibleBaseUrl }: Emulator, model: string, name: string) =>
  sandbox.run([
    'connections',
    'add',
    '--connection',
    'openai-compatible',
    '--endpoint',
    compatibleBaseUrl,
    '--model',
    model,
    '--name',
    name,
  ]);

describe('connections', () => {
  test('discover finds a server of this machine, without a library, and says how to use it', async () => {
    const emulator = await useEmulator({ server: 'ollama' });
    const sandbox = await createSandbox();
    const port = String(emulator.port);
    const { status, stdout } = await sandbox.run(['connections', 'discover', '--port', port]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Ollama +http:\/\/127\.0\.0\.1:\d+\/v1\n +gemma3:4b +sees pictures\n/);
    expect(stdout).toContain(`--model 'gemma3:4b'`);
    const [found] = jsonLines(await sandbox.run(['connections', 'discover', '--port', port, '--json']));
    expect(found).toMatchObject([{ server: 'ollama', endpoint: emulator.compatibleBaseUrl }]);
    expect((await sandbox.run(['connections', 'discover', '--port', '1'])).stderr).toMatch(
      /No server of models/,
    );
  });

  test('take the retired enhancements and give them back, with a word on their end', async () => {
    const emulator = await useEmulator({});
    const sandbox = await createSandbox();
    const add = (...flags: readonly string[]) =>
      sandbox.run(['connections', 'add', '--endpoint', emulator.endpoint, ...flags]);
    const set = (...flags: readonly string[]) => sandbox.run(['connections', 'set', 'old', ...flags]);
    const azure = [
      '--connection',
      'azure-openai',
      '--deployment',
      'gpt-4-vision',
      '--api-version',
      '2024-10-21',
    ];
    expect((await add(...azure, '--name', 'old')).status).toBe(0);
    expect((await set('--enhancements', 'grounding')).stderr).toContain('--vision NAME');
    expect((await add('--connection', 'azure-vision', '--name', 'eyes')).status).toBe(0);
    expect((await set('--enhancements', 'faces')).status).toBe(2);
    const taken = await set('--enhancements', 'ocr,grounding');
    expect(taken).toMatchObject({ status: 0, stderr: expect.stringContaining('retired') as string });
    const given = jsonLines(await set('--enhancements', 'none', '--json'));
    expect(given[0]).not.toHaveProperty('enhancements');
  });

  test('without a key have none in the list, the test and the check-up, and each says what would give one', async () => {
    const emulator = await useEmulator({});
    const sandbox = await createSandbox();
    const add = ['--connection', 'azure-openai', '--endpoint', emulator.endpoint, '--deployment', 'gpt-41'];
    // The key alone is for no address.
    const half = { env: { AZURE_OPENAI_API_KEY: emulator.key } };
    const whole = { env: { ...half.env, AZURE_OPENAI_ENDPOINT: emulator.endpoint } };
    await sandbox.run(['connections', 'add', ...add, '--name', 'Cloud'], half);

    expect((await sandbox.run(['connections'], half)).stdout).toMatch(/Cloud.*no key\n/);
    const whatToDo = /AZURE_OPENAI_ENDPOINT to http:\/\/127/;
    const tested = await sandbox.run(['connections', 'test', 'Cloud'], half);
    expect(flat(tested.stdout)).toMatch(whatToDo);
    const examined = flat((await sandbox.run(['doctor'], half)).stdout);
    expect(examined).toMatch(whatToDo);
    expect(examined).not.toMatch(/Cloud is ready/);

    expect((await sandbox.run(['connections'], whole)).stdout).toMatch(/Cloud.*ready\n/);
    expect((await sandbox.run(['connections', 'test', 'Cloud'], whole)).status).toBe(0);
    const found = jsonLines(await sandbox.run(['doctor', '--json'], whole));
    expect(found).toContainEqual(expect.objectContaining({ code: 'key-there' }));
  });

  test('are added, tested, changed and removed by their names', async () => {
    const emulator = await useEmulator({ server: 'ollama' });
    const sandbox = await createSandbox();
    await addHome(sandbox, emulator, 'gemma3:4b', 'Home');
    const good = await sandbox.run(['connections', 'test']);
    expect(good).toMatchObject({ status: 0, stdout: expect.stringContaining('Home can be used.') as string });
    expect(good.stdout).toMatch(/Pictures +ok\n/);

    await addHome(sandbox, emulator, 'llama3.2', 'Blind');
    const blind = await sandbox.run(['connections', 'test', 'blind', '--json']);
    expect(blind.status).toBe(3);
    expect(jsonLines(blind)[0]).toMatchObject({ connection: 'Blind', isUsable: false, requestId: null });
    const unsure = await sandbox.run(['connections', 'test']);
    expect(unsure).toMatchObject({ status: 2, stderr: expect.stringMatching(/Home, Blind/) as string });

    expect((await sandbox.run(['connections', 'set', 'home', '--requests-per-minute', '30'])).status).toBe(0);
    expect((await sandbox.run(['connections', 'remove', 'Blind'])).stdout).toMatch(/^Removed: Blind/);
    const [list] = jsonLines(await sandbox.run(['connections', '--json']));
    expect(list).toMatchObject([{ name: 'Home', requestsPerMinute: 30 }]);
  });
});

describe('a connection by its name', () => {
  test('describes, plans and answers with what it was added with', async () => {
    const { home, sandbox } = await setUpTwo();
    const described = await sandbox.run(['describe', sandbox.photos, '--connection', 'Home']);
    expect(described).toMatchObject({ status: 0, stdout: expect.stringMatching(/Described 2/) as string });
    const plan = await sandbox.run(['plan', sandbox.photos, '--connection', 'home', '--again']);
    expect(plan).toMatchObject({ status: 0, stdout: expect.stringMatching(/2 photos with Home/) as string });
    const elsewhere = join(sandbox.folder, 'Elsewhere');
    await mkdir(elsewhere);
    await makePhoto(join(elsewhere, '3.jpg'), { seed: 3, widthPx: 300, heightPx: 200 });
    const outside = await sandbox.run(['plan', elsewhere, '--connection', 'Cloud', '--fallback', 'Home']);
    expect(flat(outside.stdout)).toMatch(/1 photo in 1 request to Cloud\..*Whatever Home describes/);
    const asked = await sandbox.run(['ask', '1', 'What is it?', '--connection', 'home']);
    expect(asked.status).toBe(0);
    expect(home.requests.filter(({ method }) => method === 'POST').length).toBeGreaterThanOrEqual(3);
    const [list] = jsonLines(await sandbox.run(['connections', '--json'])) as [{ name: string }[]];
    expect(list.map(({ name }) => name).toSorted()).toEqual(['Cloud', 'Home']);
  });

  test('asked for what is outdated, says by what prompt that is measured', async () => {
    const { sandbox } = await setUpTwo();
    await sandbox.run(['describe', sandbox.photos, '--connection', 'Home', '--language', 'de']);
    const plan = ['plan', sandbox.photos, '--connection', 'Home', '--outdated'];
    expect(flat((await sandbox.run(plan)).stdout)).toMatch(/2 photos.*\(prompt general, language en/);
    expect((await sandbox.run([...plan, '--language', 'de'])).stdout).not.toMatch(/general/);
  });

  test('takes the key of the environment that is for no other address, and says when there is none', async () => {
    const { cloud, sandbox } = await setUpTwo();
    const command = ['describe', sandbox.photos, '--connection', 'Cloud', '--yes', '--limit', '1'];
    const without = await sandbox.run(command);
    expect(without.status).toBe(2);
    expect(flat(without.stderr)).toMatch(/Cloud has no key.*AZURE_OPENAI_API_KEY/);
    const elsewhere = {
      AZURE_OPENAI_API_KEY: cloud.key,
      AZURE_OPENAI_ENDPOINT: 'https://other.openai.azure.com',
    };
    expect((await sandbox.run(command, { env: elsewhere })).status).toBe(2);
    expect(cloud.requests).toEqual([]);
    const own = await sandbox.run(command, { env: { AZURE_OPENAI_API_KEY: cloud.key } });
    expect(own).toMatchObject({ status: 0, stdout: expect.stringMatching(/Described 1 photo/) as string });
  });

  test('that nobody knows, or that is told what it is, is refused with the way out', async () => {
    const { sandbox } = await setUpTwo();
    const unknown = await sandbox.run(['describe', sandbox.photos, '--connection', 'azure']);
    expect(unknown.status).toBe(2);
    expect(flat(unknown.stderr)).toMatch(/“azure” is neither a kind.*azure-openai.*connections/);
    const told = ['describe', sandbox.photos, '--connection', 'Home', '--model', 'other'];
    expect(flat((await sandbox.run(told)).stderr)).toMatch(/“Home” is known.*connections set/);
  });
});

const setUpTwo = async () => {
  const home = await useEmulator({ server: 'ollama' });
  const cloud = await useEmulator({});
  const sandbox = await createSandbox();
  for (const seed of [1, 2]) {
    await makePhoto(join(sandbox.photos, `${seed}.jpg`), { seed, widthPx: 300, heightPx: 200 });
  }
  const env = {
    AZURE_OPENAI_ENDPOINT: cloud.endpoint,
    AZURE_OPENAI_API_KEY: cloud.key,
    AZURE_OPENAI_DEPLOYMENT: 'gpt-41',
  };
  const azure = ['--connection', 'azure-openai', '--model', 'gpt-4.1'];
  await addHome(sandbox, home, 'gemma3:4b', 'Home');
  await sandbox.run(['connections', 'add', ...azure, '--name', 'Cloud'], { env });
  return { home, cloud, sandbox, env, azure };
};

describe('a second connection', () => {
  test('describes with a server at home what the service blocks', async () => {
    const { cloud, sandbox, env, azure } = await setUpTwo();
    cloud.faults.next('content-filtered-prompt');
    const command = ['describe', sandbox.photos, ...azure, '--yes', '--fallback', 'Home'];
    const { status, stdout, stderr } = await sandbox.run(command, { env });
    expect({ status, stderr }).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/goes to\s+Home\./) as string,
    });
    expect(stdout).toMatch(/Described 2 photos/);
    expect(stdout).toMatch(/Described by Cloud 1, Home 1\./);
    expect((await sandbox.run(['runs', 'show', '1'])).stdout).toMatch(/Described by Cloud 1, Home 1\n/);
    const sent = cloud.totals().requests;
    // Nothing is left, and nothing is sent to the filter again.
    expect((await sandbox.run(command, { env })).stdout).toContain('All 2 photos are described.');
    expect(cloud.totals().requests).toBe(sent);
  });

  test('that has no key is refused before anything is sent', async () => {
    const { cloud, home, sandbox, env, azure } = await setUpTwo();
    const second = ['--connection', 'azure-openai', '--endpoint', home.endpoint, '--deployment', 'gpt-41'];
    await sandbox.run(['connections', 'add', ...second, '--name', 'Locked'], { env });
    const command = ['describe', sandbox.photos, ...azure, '--yes', '--fallback', 'Locked'];
    const refused = await sandbox.run(command, { env });
    expect(refused.status).toBe(2);
    expect(flat(refused.stderr)).toMatch(/Locked.*no key.*AZURE_OPENAI_ENDPOINT to http/);
    expect(cloud.requests).toEqual([]);
  });

  test('that is blocked ends the command, and says which of the two it is and what is left', async () => {
    const { cloud, home, sandbox, env, azure } = await setUpTwo();
    cloud.faults.always('refusal');
    home.faults.always('unauthorized');
    const command = ['describe', sandbox.photos, ...azure, '--yes', '--fallback', 'Home'];
    const held = await sandbox.run(command, { env });
    expect(held.status).toBe(3);
    expect(flat(held.stderr)).toMatch(/Home: .*key.* 2 photos are left\./);
  });

  test('a plan says what it would cost if the second had to do it all', async () => {
    const { cloud, sandbox, azure, env, home } = await setUpTwo();
    const paid = await sandbox.run(['plan', sandbox.photos, ...azure, '--json'], { env });
    const at = ['--connection', 'openai-compatible', '--endpoint', home.compatibleBaseUrl];
    const command = ['plan', sandbox.photos, ...at, '--model', 'gemma3:4b', '--fallback', 'Cloud'];
    const [plan] = jsonLines(await sandbox.run([...command, '--json']));
    expect(plan).toMatchObject({ costMicroUsd: 0, fallback: { connection: expect.any(String) as string } });
    const [alone] = jsonLines(paid) as { maxCostMicroUsd: number }[];
    expect(plan).toMatchObject({ fallback: { maxCostMicroUsd: alone?.maxCostMicroUsd } });
    expect((await sandbox.run(command)).stdout).toMatch(/had to describe all of it: about\s+\$/);
    expect(cloud.totals().requests).toBe(0);
  });

  test('sends nothing from home to a cloud without a yes that names it', async () => {
    const { home, cloud, sandbox, env } = await setUpTwo();
    home.faults.always('refusal');
    const at = ['--connection', 'openai-compatible', '--endpoint', home.compatibleBaseUrl];
    const command = [
      'describe',
      sandbox.photos,
      ...at,
      '--model',
      'gemma3:4b',
      '--yes',
      '--fallback',
      'Cloud',
    ];
    const refused = await sandbox.run(command, { env });
    expect(refused).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/would be sent to Cloud.*--allow-upload 'Cloud'/s) as string,
    });
    expect(cloud.requests).toEqual([]);
    expect((await sandbox.run([...command, '--allow-upload', 'Home'], { env })).status).toBe(2);
    expect(cloud.requests).toEqual([]);
    const allowed = await sandbox.run([...command, '--allow-upload', 'Cloud'], { env });
    expect(allowed.status).toBe(0);
    expect(cloud.totals().answered).toBe(2);
  });
});

/** Two resources of Azure, each with a key of its own. */
const setUpResources = async (names: readonly [string, string]) => {
  const [east, west] = [await useEmulator({ key: 'key-of-east' }), await useEmulator({ key: 'key-of-west' })];
  const sandbox = await createSandbox();
  await makePhoto(join(sandbox.photos, '1.jpg'), { seed: 1, widthPx: 300, heightPx: 200 });
  for (const [index, { endpoint }] of [east, west].entries()) {
    const flags = ['--connection', 'azure-openai', '--endpoint', endpoint, '--deployment', 'gpt-41'];
    await sandbox.run(['connections', 'add', ...flags, '--name', names[index] ?? '']);
  }
  return { east, west, sandbox };
};

describe('keys by the names of connections', () => {
  test('serve two resources in one command, the second for what the first declines', async () => {
    const { east, west, sandbox } = await setUpResources(['Work (east)', 'Work (west)']);
    const env = { CUTLINE_KEY_WORK_EAST: 'key-of-east', CUTLINE_KEY_WORK_WEST: 'key-of-west' };
    const command = ['describe', sandbox.photos, '--connection', 'work (east)', '--yes'];
    const alone = await sandbox.run([...command, '--fallback', 'Work (west)'], {
      env: { CUTLINE_KEY_WORK_EAST: 'key-of-east' },
    });
    expect(flat(alone.stderr)).toMatch(/Work \(west\) has no key.*CUTLINE_KEY_WORK_WEST/);
    east.faults.always('content-filtered-prompt');
    const described = await sandbox.run([...command, '--fallback', 'Work (west)'], { env });
    expect(described.stdout).toMatch(/Described by Work \(west\) 1\./);
    expect(west.totals().answered).toBe(1);
    const findings = jsonLines(await sandbox.run(['doctor', '--json'], { env }));
    expect(findings.filter((finding) => (finding as { code?: string }).code === 'key-there')).toHaveLength(2);
  });

  test('are nobody’s while a variable would name two connections, or none, and this is said', async () => {
    const { east, west, sandbox } = await setUpResources(['Work-1', 'work 1']);
    const env = { CUTLINE_KEY_WORK_1: 'key-of-east', CUTLINE_KEY_WROK: 'key' };
    const listed = await sandbox.run(['connections'], { env });
    expect(listed.stdout).toMatch(/Work-1.*no key\nwork 1.*no key\n/);
    expect(flat(listed.stderr)).toMatch(
      /CUTLINE_KEY_WORK_1 is set, but would be for “Work-1” and for “work 1”.*--name NAME/,
    );
    expect(flat(listed.stderr)).toMatch(/CUTLINE_KEY_WROK is set, but the name of no connection/);
    expect((await sandbox.run(['connections', 'test', 'Work-1'], { env })).status).not.toBe(0);
    expect([...east.requests, ...west.requests]).toEqual([]);
    await sandbox.run(['connections', 'set', 'work 1', '--name', 'Other']);
    expect((await sandbox.run(['connections', 'test', 'Work-1'], { env })).status).toBe(0);
  });
});
