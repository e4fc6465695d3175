import { Option, type Command } from 'commander';
import type { Run } from './action.ts';
import type { AskFlags } from './ask-flags.ts';
import { dashedWords } from './dashed-words.ts';
import { addServiceOptions, asArgument, details, parseBudget, parseCount } from './flags.ts';
import { askHelp } from './help-text.ts';
import { parseCrop } from './parse-crop.ts';
import { parseMoment } from './parse-moment.ts';

/** `ask`, and what was asked. */
export function addAsking(program: Command, run: Run): void {
  addServiceOptions(program.command('ask'))
    .summary(askHelp.ask)
    .description(askHelp.askLong)
    .argument('<photos-and-question...>', askHelp.words)
    .allowUnknownOption()
    .option('--crop <x,y,width,height>', askHelp.crop, asArgument(parseCrop))
    .option('--moment <from-to>', askHelp.moment, asArgument(parseMoment))
    .option('--thread <id>', askHelp.thread, parseCount)
    .addOption(new Option('--use-as <what>', askHelp.useAs).choices(['caption', 'keywords']))
    .addOption(new Option('--detail <detail>', askHelp.detail).choices(details))
    .option('--max-image-tokens <n>', askHelp.maxImageTokens, parseCount)
    .option('--budget <usd>', askHelp.budget, parseBudget)
    .option('--yes', askHelp.yes)
    .option('--wait', askHelp.wait)
    .option('--allow-private', askHelp.allowPrivate)
    .option('--send-url', askHelp.sendUrl)
    .action((words: string[], options: AskFlags, command: Command) =>
      run(command, async (context) =>
        (await import('./ask.ts')).ask(context, dashedWords(words, context.args), options),
      ),
    );

  const threads = program.command('threads').summary(askHelp.threads).helpCommand(false);
  threads
    .command('list', { isDefault: true })
    .summary(askHelp.threadsList)
    .option('--photo <photo>', askHelp.ofPhoto)
    .option('--limit <n>', askHelp.limit, parseCount)
    .action((options: { photo?: string; limit?: number }, command: Command) =>
      run(command, async (context) => (await import('./threads.ts')).listThreads(context, options)),
    );
  threads
    .command('show')
    .summary(askHelp.threadsShow)
    .argument('<id>', askHelp.threadId, parseCount)
    .action((id: number, _options: object, command: Command) =>
      run(command, async (context) => (await import('./threads.ts')).showThread(context, id)),
    );
  threads
    .command('undo')
    .summary(askHelp.threadsUndo)
    .argument('<id>', askHelp.threadId, parseCount)
    .action((id: number, _options: object, command: Command) =>
      run(command, async (context) => (await import('./threads.ts')).undoThread(context, id)),
    );
  threads
    .command('remove')
    .summary(askHelp.threadsRemove)
    .argument('<id>', askHelp.threadId, parseCount)
    .action((id: number, _options: object, command: Command) =>
      run(command, async (context) => (await import('./threads.ts')).removeThread(context, id)),
    );
}
