import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readYaml, root } from '../helpers/packaging-tools.ts';

type Step = { readonly run?: string; readonly uses?: string; readonly if?: string };
type Job = {
  readonly 'runs-on': string;
  readonly strategy?: { readonly matrix: { readonly os: readonly string[] } };
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
};
type Workflow = {
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
};

const folder = '.github/workflows';
const workflows = readdirSync(join(root, folder)).map(
  (name) => [name, readYaml(`${folder}/${name}`) as Workflow] as const,
);
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

function isThere(command: string): boolean {
  const [, script] = /\bnpm run (\S+)/.exec(command) ?? [];
  const [, file] = /\bnode (\S+)/.exec(command) ?? [];
  if (script !== undefined) return script in scripts;
  if (file !== undefined) return existsSync(join(root, file));
  return /^npm (?:ci|test)$|^sudo sysctl /.test(command);
}

describe.each(workflows)('the workflow %s', (_name, workflow) => {
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  it('runs commands that there are', () => {
    const commands = steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
    expect(commands).not.toEqual([]);
    expect(commands.filter((command) => !isThere(command))).toEqual([]);
  });

  it('may change nothing, runs nobody else’s code with secrets, and ends', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
    const actions = steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    expect(actions.filter((action) => !/^actions\/[a-z-]+@v\d+$/.test(action))).toEqual([]);
    for (const job of jobs) expect(job['timeout-minutes']).toBeGreaterThan(0);
  });

  it('hands options on to npm’s scripts on Windows, too', () => {
    // PowerShell, which is usual there, takes the `--` for itself.
    expect(workflow.defaults?.run?.shell).toBe('bash');
  });

  it('names its machines', () => {
    for (const job of jobs) {
      const machines = job.strategy?.matrix.os ?? [job['runs-on']];
      for (const machine of machines) expect(machine).toMatch(/^(?:ubuntu|macos|windows)-\d/);
    }
  });
});

it('the suites run on the three systems', () => {
  const ci = workflows.find(([name]) => name === 'ci.yml')?.[1];
  const systems = ci?.jobs['suites']?.strategy?.matrix.os.map((machine) => machine.replace(/-.*/, ''));
  expect(systems?.toSorted()).toEqual(['macos', 'ubuntu', 'windows']);
});
