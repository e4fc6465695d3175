#!/usr/bin/env node
/**
 * @file `cutline`, the command line. The Node version comes first: an older one would end in a crash, not a sentence, as
 * soon as a library is opened. Everything else is loaded after that.
 */

const oldestMajor = 24;

if (Number(process.versions.node.split('.')[0]) < oldestMajor) {
  process.stderr.write(
    `Cutline needs Node ${oldestMajor} or later; this is ${process.version}. In a checkout, "npm run cutline" brings its own.\n`,
  );
  process.exit(2);
}

// Half of a short command's time would be reading our own code.
const { enableCompileCache } = await import('node:module');
enableCompileCache();

const { runProgram } = await import('./program.ts');
process.exit(await runProgram(process.argv.slice(2)));
