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
  readonly getRawHeader: (archive: string) => { readonly headerString: string };
};
type Fuses = {
  readonly getCurrentFuseWire: (program: string) => Promise<Readonly<Record<string, unknown>>>;
  readonly FuseV1Options: Readonly<Record<string, string>>;
};

type Plist = {
  readonly parse: (text: string) => Readonly<Record<string, unknown>>;
  readonly build: (value: unknown) => string;
};

/** A program of Windows, as far as its resources go. */
export type WindowsProgram = {
  readonly generate: () => ArrayBuffer;
  readonly setExtraData: (bytes: Uint8Array) => void;
};
type Language = { readonly lang: number; readonly codepage: number };
type ResourceEntry = { readonly type: unknown; readonly id: unknown; readonly bin: ArrayBuffer };
type VersionInfo = {
  readonly getStringValues: (language: Language) => Readonly<Record<string, string>>;
  readonly outputToResourceEntries: (entries: ResourceEntry[]) => void;
};
type ProgramEditor = {
  readonly NtExecutable: {
    readonly createEmpty: (is32Bit: boolean, isLibrary: boolean) => WindowsProgram;
    readonly from: (bytes: Uint8Array) => WindowsProgram;
  };
  readonly NtExecutableResource: {
    readonly from: (program: WindowsProgram) => {
      readonly entries: ResourceEntry[];
      readonly outputResource: (program: WindowsProgram) => void;
    };
  };
  readonly Resource: {
    readonly VersionInfo: {
      readonly create: (
        language: number,
        fixed: object,
        strings: (Language & { readonly values: Readonly<Record<string, string>> })[],
      ) => VersionInfo;
      readonly fromEntries: (entries: readonly ResourceEntry[]) => VersionInfo[];
    };
  };
};

// why (all below): these packages are found by path; their shapes are as their documents say
export const yaml = fromLibrary('js-yaml') as Yaml; // why: see above
export const asar = fromLibrary('@electron/asar') as Asar; // why: see above
export const fuses = fromLibrary('@electron/fuses') as Fuses; // why: see above
export const plist = fromLibrary('plist') as Plist; // why: see above
export const programEditor = fromLibrary('resedit') as ProgramEditor; // why: see above
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
