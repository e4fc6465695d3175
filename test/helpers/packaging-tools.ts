import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** What electron-builder itself works with, reached through it: the tests need no packages of their own for that. */

export const root = join(import.meta.dirname, '../..');

const fromBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'));
const fromLibrary = createRequire(fromBuilder.resolve('app-builder-lib/package.json'));

type Yaml = { readonly load: (text: string) => unknown };
type Validation = {
  readonly validateConfiguration: (config: unknown, log: unknown) => Promise<void>;
};
type BuilderUtil = { readonly DebugLogger: new (isEnabled: boolean) => unknown };
type Asar = {
  readonly listPackage: (archive: string) => string[];
  readonly statFile: (
    archive: string,
    file: string,
  ) => { readonly unpacked?: boolean; readonly files?: unknown };
  readonly extractFile: (archive: string, file: string) => Buffer;
};
type Fuses = {
  readonly getCurrentFuseWire: (program: string) => Promise<Readonly<Record<string, unknown>>>;
  readonly FuseV1Options: Readonly<Record<string, string>>;
};

// why (all below): these packages are found by path; their shapes are as their documents say
export const yaml = fromLibrary('js-yaml') as Yaml; // why: see above
export const asar = fromLibrary('@electron/asar') as Asar; // why: see above
export const fuses = fromLibrary('@electron/fuses') as Fuses; // why: see above
const { validateConfiguration } = fromLibrary('app-builder-lib/out/util/config/config') as Validation; // why: see above
const { DebugLogger } = fromLibrary('builder-util') as BuilderUtil; // why: see above

/** A YAML file of the checkout. */
export function readYaml(path: string): unknown {
  return yaml.load(readFileSync(join(root, path), 'utf8'));
}

/** @throws {Error} that names what electron-builder does not know or want */
export async function checkBuilderConfiguration(configuration: unknown): Promise<void> {
  await validateConfiguration(configuration, new DebugLogger(false));
}
