import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Run } from './action.ts';
import type { ConnectionFlags } from './connection-choice.ts';
import type { SetFlags } from './connections.ts';
import { addServiceOptions, asArgument, parseConcurrency, parseCount, parsePorts } from './flags.ts';
import { connectionsHelp } from './help-text.ts';
import { parsePrice } from './money.ts';

/** Who answers: listed, looked for, tried, changed. */
export function addConnections(program: Command, run: Run): void {
  const connections = program
    .command('connections')
    .summary(connectionsHelp.group)
    .helpCommand(false)
    .addHelpText('after', connectionsHelp.keys);
  connections
    .command('list', { isDefault: true })
    .summary(connectionsHelp.list)
    .action((_options: object, command: Command) =>
      run(command, async (context) => (await import('./status.ts')).listConnections(context)),
    );
  connections
    .command('discover')
    .summary(connectionsHelp.discover)
    .option('--port <n>', connectionsHelp.port, parsePorts)
    .action(({ port }: { port?: readonly number[] }, command: Command) =>
      run(command, async (context) =>
        (await import('./connections.ts')).discoverConnections(context, { ports: port }),
      ),
    );
  connections
    .command('test')
    .summary(connectionsHelp.test)
    .argument('[name]', connectionsHelp.name)
    .option('--no-picture', connectionsHelp.noPicture)
    .action((name: string | undefined, { picture }: { picture: boolean }, command: Command) =>
      run(command, async (context) =>
        (await import('./connections.ts')).testConnection(context, name, { sendsPicture: picture }),
      ),
    );
  addServiceOptions(connections.command('add'))
    .summary(connectionsHelp.add)
    .option('--name <name>', connectionsHelp.newName)
    .action((flags: ConnectionFlags & { name?: string }, command: Command) =>
      run(command, async (context) => (await import('./connections.ts')).addConnection(context, flags)),
    );
  connections
    .command('set')
    .summary(connectionsHelp.set)
    .argument('<name>', connectionsHelp.name)
    .option('--name <name>', connectionsHelp.newName)
    .option('--model <name>', connectionsHelp.model)
    .option('--batch-deployment <name>', connectionsHelp.batchDeployment)
    .option('--price <in/out>', connectionsHelp.price, asArgument(parsePrice))
    .addOption(new Option('--sign-in <how>', connectionsHelp.signIn).choices(['key', 'entra']))
    .option('--enhancements <names>', connectionsHelp.enhancements, parseEnhancements)
    .option('--vision <name>', connectionsHelp.vision)
    .option('--concurrency <n>', connectionsHelp.concurrency, parseConcurrency)
    .option('--requests-per-minute <n>', connectionsHelp.requests, parseCount)
    .option('--tokens-per-minute <n>', connectionsHelp.tokens, parseCount)
    .action((name: string, flags: SetFlags, command: Command) =>
      run(command, async (context) => (await import('./connections.ts')).setConnection(context, name, flags)),
    );
  connections
    .command('remove')
    .summary(connectionsHelp.remove)
    .argument('<name>', connectionsHelp.name)
    .action((name: string, _options: object, command: Command) =>
      run(command, async (context) => (await import('./connections.ts')).forgetConnection(context, name)),
    );
}

const enhancementNames = ['grounding', 'ocr'] as const;

/** `grounding,ocr`, or `none`. */
function parseEnhancements(text: string): (typeof enhancementNames)[number][] {
  const words = text
    .toLowerCase()
    .split(',')
    .map((word) => word.trim());
  if (words.length === 1 && words[0] === 'none') return [];
  const features = enhancementNames.filter((name) => words.includes(name));
  if (features.length === 0 || features.length < new Set(words).size) {
    throw new InvalidArgumentError('It takes grounding, ocr, both with a comma between, or none.');
  }
  return features;
}
