import { describe, expect, it } from 'vitest';
import { createSandbox, jsonLines } from './run-cli.ts';

describe('cutline serve', () => {
  it('says its address and that the window is not built, and ends with Ctrl-C', async () => {
    const sandbox = await createSandbox();
    const serving = sandbox.start(['serve', '--json']);
    await serving.until('"url"');
    serving.child.kill('SIGINT');
    const { status, stdout } = await serving.ended;
    expect(status).toBe(130);
    expect(jsonLines({ stdout })).toEqual([
      {
        url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}\/$/) as string,
        port: expect.any(Number) as number,
      },
    ]);
  });

  it('opens to other machines only under a name, and says what that means', async () => {
    const sandbox = await createSandbox();
    const refused = await sandbox.run(['serve', '--host', '0.0.0.0']);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('--allow-host');

    const serving = sandbox.start(['serve', '--host', '0.0.0.0', '--allow-host', 'nas.local']);
    await serving.until('keep it to yourself');
    serving.child.kill('SIGINT');
    const { stdout, stderr } = await serving.ended;
    expect(stdout).toMatch(/^http:\/\/nas\.local:\d+\//);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(
      'Other machines can reach this library now, unencrypted',
    );
  });

  it('says that another Cutline has the library, and goes on serving', async () => {
    const sandbox = await createSandbox();
    const first = sandbox.start(['serve']);
    await first.until('http://');
    const second = sandbox.start(['serve']);
    await second.until('Another Cutline is using this library');
    first.child.kill('SIGINT');
    await first.ended;
    second.child.kill('SIGINT');
    const { status, stderr } = await second.ended;
    expect(status).toBe(130);
    expect(stderr.replaceAll(/\s+/g, ' ')).toMatch(/Port \d+ is taken by another program/);
  });
});
