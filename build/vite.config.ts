import { existsSync } from 'node:fs';
import { rm, utimes, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite';
import manifest from '../package.json' with { type: 'json' };
import { entries, pageEntries, shellEntries } from './entries.ts';

const root = join(import.meta.dirname, '..');
const alwaysOutside = [/^node:/, ...builtinModules];
const outside = [
  ...alwaysOutside,
  ...Object.keys(manifest.dependencies).flatMap((name) => [name, new RegExp(`^${name}/`)]),
];

/** One file per process: a shared chunk would be a further file to find, to unpack and to sign. */
function environment(
  name: string,
  source: string,
  { format = 'es', external = outside }: { format?: 'es' | 'cjs'; external?: (string | RegExp)[] } = {},
): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true },
    build: {
      outDir: join(root, 'out', dirname(name)),
      emptyOutDir: false,
      target: 'node24',
      minify: false,
      sourcemap: true,
      copyPublicDir: false,
      rolldownOptions: {
        platform: 'node',
        input: join(root, source),
        external,
        output: {
          format,
          entryFileNames: `${basename(name)}.${format === 'es' ? 'mjs' : 'cjs'}`,
          codeSplitting: false,
        },
      },
    },
  };
}

/** Lets `new URL('./watch-process.ts', import.meta.url)` name the built file of that process. */
function processUrls(): Plugin {
  const builtFiles = new Map(Object.entries(entries).map(([name, source]) => [resolve(root, source), name]));
  return {
    name: 'cutline-process-urls',
    transform(code, file) {
      const changed = code.replaceAll(
        /new URL\((['"])(\.[^'"]+\.ts)\1,\s*import\.meta\.url\)/g,
        (_, _quote, target: string) => {
          const built = builtFiles.get(resolve(dirname(file), target));
          if (built === undefined) {
            return this.error(`${relative(root, file)} starts ${target}, which is not in build/entries.ts.`);
          }
          // Every built file is one folder below out/.
          return `new URL('../${built}.mjs', import.meta.url)`;
        },
      );
      return changed === code ? null : { code: changed, map: null };
    },
  };
}

/** Vite allows letters, digits and `_` in an environment's name. */
const environments: Record<string, EnvironmentOptions> = {};
for (const [name, source] of Object.entries(entries)) {
  environments[name.replaceAll(/\W/g, '_')] = environment(name, source);
}
for (const [name, { source, format }] of Object.entries(shellEntries)) {
  const external = [...alwaysOutside, 'electron'];
  environments[name.replaceAll('/', '_')] = environment(name, source, { format, external });
}

for (const [name, source] of Object.entries(pageEntries)) {
  environments[name.replaceAll('/', '_')] = {
    consumer: 'client',
    build: {
      outDir: join(root, 'out', dirname(name)),
      emptyOutDir: false,
      target: 'chrome146',
      sourcemap: true,
      modulePreload: false,
      rolldownOptions: {
        input: join(root, source),
        output: { format: 'es', entryFileNames: `${basename(name)}.js`, codeSplitting: false },
      },
    },
  };
}

/** The window: relative addresses, since a browser finds it under a key in its path; a policy forbids inline code and styles. */
const page: EnvironmentOptions = {
  define: { CUTLINE_VERSION: JSON.stringify(manifest.version) },
  build: {
    outDir: join(root, 'out/renderer'),
    emptyOutDir: false,
    target: 'chrome146',
    sourcemap: true,
    assetsInlineLimit: 0,
    // Read from the disk, not over a network.
    chunkSizeWarningLimit: 2000,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: join(root, 'renderer/index.html') },
  },
};

export default defineConfig({
  root: join(root, 'renderer'),
  base: './',
  publicDir: false,
  logLevel: 'warn',
  plugins: [processUrls(), react()],
  environments: { ...environments, client: page },
  builder: {
    async buildApp(builder) {
      const sources = [
        ...Object.values(entries),
        ...Object.values(pageEntries),
        ...Object.values(shellEntries).map(({ source }) => source),
      ];
      const missing = sources.filter((source) => !existsSync(join(root, source)));
      if (missing.length > 0) {
        throw new Error(`build/entries.ts names files that do not exist: ${missing.join(', ')}`);
      }
      const startedAt = new Date();
      await rm(join(root, 'out'), { recursive: true, force: true });
      for (const built of Object.values(builder.environments)) {
        if (built.name in environments || built.name === 'client') await builder.build(built);
      }
      // `build-if-needed.mjs` asks for it.
      const stamp = join(root, 'out', '.complete');
      await writeFile(stamp, '');
      await utimes(stamp, startedAt, startedAt);
    },
  },
});
