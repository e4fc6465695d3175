import { Argument, Command, Option } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import type { Run } from './action.ts';
import { addAsking } from './ask-commands.ts';
import { addConnections } from './connection-commands.ts';
import { dashedWords } from './dashed-words.ts';
import {
  addConnectionOptions,
  addScopeOptions,
  collect,
  parseBudget,
  parseCount,
  parseDay,
  parseLanguage,
  parsePort,
  privacies,
  toDescribeFlags,
  type ParsedOptions,
} from './flags.ts';
import { helpText } from './help-text.ts';
import { programName } from './program-name.ts';
import { addUpkeep } from './upkeep-commands.ts';
import { addVideoIndex } from './video-index-commands.ts';
import type { ServeFlags } from './serve.ts';

/**
 * All commands with their options (DESIGN §11). What a command does is in a file of its own, which is loaded when it is
 * called: `--help` and `search` start at once.
 */
export function createCommands(run: Run): Command {
  const program = new Command(programName)
    .description(helpText.program)
    .version(manifest.version, '--version', helpText.version)
    .option('--library <folder>', helpText.library)
    .option('--json', helpText.json)
    .helpCommand(false)
    .configureHelp({
      showGlobalOptions: true,
      // The names of commands take half of a usual terminal.
      minWidthToWrap: 20,
      commandDescription: (command) => command.description() || command.summary(),
    })
    .addHelpText('after', helpText.exitStatus)
    .exitOverride();
  addDescribing(program, run);
  addFinding(program, run);
  addAsking(program, run);
  addKeeping(program, run);
  addFolders(program, run);
  addPrompts(program, run);
  addRuns(program, run);
  addQueue(program, run);
  addConnections(program, run);
  addVideoIndex(program, run);
  addUpkeep(program, run);
  addServing(program, run);
  return program;
}

function addDescribing(program: Command, run: Run): void {
  const describing = addScopeOptions(addConnectionOptions(program.command('describe')))
    .summary(helpText.describe)
    .description(helpText.describeLong)
    .argument('[folders...]', helpText.foldersOrAddresses)
    .option('--budget <usd>', helpText.budget, parseBudget)
    .option('--yes', helpText.yes)
    .option('--fallback <name>', helpText.fallback)
    .option('--allow-upload <name>', helpText.allowUpload)
    .option('--damaged', helpText.damaged)
    .option('--allow-private', helpText.allowPrivate)
    .option('--send-url', helpText.sendUrl)
    .option('--wait', helpText.wait);
  describing.action((folders: string[], options: ParsedOptions, command: Command) =>
    run(command, async (context) => {
      const { describe } = await import('./describe.ts');
      return describe(context, folders, await toDescribeFlags(context, options));
    }),
  );
  const planning = addScopeOptions(addConnectionOptions(program.command('plan')))
    .summary(helpText.plan)
    .description(helpText.planLong)
    .argument('[folders...]', helpText.folders)
    .option('--budget <usd>', helpText.budget, parseBudget)
    .option('--fallback <name>', helpText.fallback);
  planning.action((folders: string[], options: ParsedOptions, command: Command) =>
    run(command, async (context) => {
      const { plan } = await import('./plan.ts');
      return plan(context, folders, await toDescribeFlags(context, options));
    }),
  );
}

const sorts = ['relevance', 'newest', 'oldest', 'name', 'rating'] as const;

function addFinding(program: Command, run: Run): void {
  program
    .command('search')
    .summary(helpText.search)
    .description(helpText.searchLong)
    .argument('[query...]', helpText.query)
    .allowUnknownOption()
    .option('--limit <n>', helpText.searchLimit, parseCount)
    .addOption(new Option('--sort <order>', helpText.sort).choices(sorts))
    .action((words: string[], options: { limit?: number; sort?: (typeof sorts)[number] }, command: Command) =>
      run(command, async (context) => {
        const { search } = await import('./search.ts');
        return search(context, dashedWords(words, context.args).join(' '), options);
      }),
    );
  program
    .command('show')
    .summary(helpText.show)
    .argument('<photo>', helpText.photo)
    .option('--sent', helpText.sent)
    .action((photo: string, options: { sent?: true }, command: Command) =>
      run(command, async (context) => {
        if (options.sent === true) return (await import('./show-sent.ts')).showSent(context, photo);
        const { show } = await import('./show.ts');
        return show(context, photo);
      }),
    );
}

function addKeeping(program: Command, run: Run): void {
  program
    .command('scan')
    .summary(helpText.scan)
    .argument('[folders...]', helpText.folders)
    .option('--wait', helpText.wait)
    .action((folders: string[], options: { wait?: true }, command: Command) =>
      run(command, async (context) => {
        const { scan } = await import('./scan.ts');
        return scan(context, folders, options);
      }),
    );
  program
    .command('watch')
    .summary(helpText.watch)
    .description(helpText.watchLong)
    .option('--wait', helpText.wait)
    .action((options: { wait?: true }, command: Command) =>
      run(command, async (context) => {
        const { watch } = await import('./watch.ts');
        return watch(context, options);
      }),
    );
  program
    .command('status')
    .summary(helpText.status)
    .action((_options: object, command: Command) =>
      run(command, async (context) => {
        const { status } = await import('./status.ts');
        return status(context);
      }),
    );
  program
    .command('usage')
    .summary(helpText.usage)
    .option('--since <day>', helpText.since, parseDay)
    .option('--run <id>', helpText.ofRun, parseCount)
    .action((options: { since?: number; run?: number }, command: Command) =>
      run(command, async (context) => {
        const { usage } = await import('./usage.ts');
        return usage(context, options);
      }),
    );
}

function addFolders(program: Command, run: Run): void {
  const folders = program.command('folders').summary(helpText.foldersGroup).helpCommand(false);
  folders
    .command('list', { isDefault: true })
    .summary(helpText.foldersList)
    .action((_options: object, command: Command) =>
      run(command, async (context) => (await import('./folders.ts')).listFolders(context)),
    );
  folders
    .command('add')
    .summary(helpText.foldersAdd)
    .argument('<folders...>', helpText.newFolders)
    .action((paths: string[], _options: object, command: Command) =>
      run(command, async (context) => (await import('./folders.ts')).addFolders(context, paths)),
    );
  folders
    .command('remove')
    .summary(helpText.foldersRemove)
    .argument('<folder>', helpText.rootFolder)
    .option('--yes', helpText.yesRemove)
    .action((folder: string, options: { yes?: true }, command: Command) =>
      run(command, async (context) => (await import('./folders.ts')).removeFolder(context, folder, options)),
    );
  folders
    .command('relink')
    .summary(helpText.foldersRelink)
    .argument('<folder>', helpText.oldPlace)
    .argument('<new-place>', helpText.newPlace)
    .action((folder: string, place: string, _options: object, command: Command) =>
      run(command, async (context) => (await import('./folders.ts')).relinkFolder(context, folder, place)),
    );
  addConnectionOptions(folders.command('rule'))
    .summary(helpText.foldersRule)
    .argument('<folder>', helpText.rootFolder)
    .addArgument(new Argument('<rule>', helpText.rule).choices(['index', 'describe']))
    .option('--budget <usd>', helpText.monthlyBudget, parseBudget)
    .option('--fallback <name>', helpText.fallback)
    .option('--allow-upload <name>', helpText.allowUpload)
    .action((folder: string, rule: 'index' | 'describe', options: ParsedOptions, command: Command) =>
      run(command, async (context) =>
        (await import('./folder-rule.ts')).setRule(
          context,
          folder,
          rule,
          await toDescribeFlags(context, options),
        ),
      ),
    );
  folders
    .command('privacy')
    .summary(helpText.foldersPrivacy)
    .argument('<folder>', helpText.folderOrInside)
    .addArgument(new Argument('<privacy>', helpText.privacy).choices(privacies))
    .action((folder: string, privacy: (typeof privacies)[number], _options: object, command: Command) =>
      run(command, async (context) => (await import('./folders.ts')).setPrivacy(context, folder, privacy)),
    );
  folders
    .command('note')
    .summary(helpText.foldersNote)
    .argument('[folder]', helpText.noteFolder)
    .argument('[words...]', helpText.note)
    .option('--clear', helpText.noteClear)
    .action((folder: string | undefined, words: string[], options: { clear?: true }, command: Command) =>
      run(command, async (context) =>
        (await import('./folder-notes.ts')).folderNote(context, folder, words.join(' '), options),
      ),
    );
  folders
    .command('ignore')
    .summary(helpText.foldersIgnore)
    .argument('<folder>', helpText.rootFolder)
    .argument('[patterns...]', helpText.patterns)
    .action((folder: string, patterns: string[], _options: object, command: Command) =>
      run(command, async (context) => (await import('./folders.ts')).setIgnored(context, folder, patterns)),
    );
}

function addPrompts(program: Command, run: Run): void {
  const prompts = program.command('prompts').summary(helpText.prompts).helpCommand(false);
  prompts
    .command('list', { isDefault: true })
    .summary(helpText.promptsList)
    .action((_options: object, command: Command) =>
      run(command, async (context) => (await import('./prompts.ts')).printPrompts(context)),
    );
  prompts
    .command('show')
    .summary(helpText.promptsShow)
    .argument('<prompt>', helpText.promptName)
    .option('--language <code>', helpText.promptLanguage, parseLanguage)
    .action((prompt: string, { language }: { language?: string }, command: Command) =>
      run(command, async (context) => (await import('./prompts.ts')).showPrompt(context, prompt, language)),
    );
}

function addRuns(program: Command, run: Run): void {
  const runs = program.command('runs').summary(helpText.runs).helpCommand(false);
  runs
    .command('list', { isDefault: true })
    .summary(helpText.runsList)
    .option('--limit <n>', helpText.searchLimit, parseCount)
    .action((options: { limit?: number }, command: Command) =>
      run(command, async (context) => (await import('./runs.ts')).listRuns(context, options)),
    );
  runs
    .command('show')
    .summary(helpText.runsShow)
    .argument('<id>', helpText.runId, parseCount)
    .action((id: number, _options: object, command: Command) =>
      run(command, async (context) => (await import('./runs.ts')).showRun(context, id)),
    );
  runs
    .command('resume')
    .summary(helpText.runsResume)
    .argument('<id>', helpText.runId, parseCount)
    .option('--budget <usd>', helpText.budget, parseBudget)
    .action((id: number, options: { budget?: number }, command: Command) =>
      run(command, async (context) => (await import('./runs.ts')).resumeRun(context, id, options.budget)),
    );
  for (const change of ['pause', 'cancel', 'undo'] as const) {
    runs
      .command(change)
      .summary(helpText.runsChange[change])
      .argument('<id>', helpText.runId, parseCount)
      .action((id: number, _options: object, command: Command) =>
        run(command, async (context) => (await import('./runs.ts')).changeRun(context, change, id)),
      );
  }
}

function addQueue(program: Command, run: Run): void {
  const queue = program.command('queue').summary(helpText.queue).helpCommand(false);
  queue
    .command('list', { isDefault: true })
    .summary(helpText.queueList)
    .action((_options: object, command: Command) =>
      run(command, async (context) => (await import('./queue.ts')).listQueue(context)),
    );
  queue
    .command('retry')
    .summary(helpText.queueRetry)
    .argument('[photos...]', helpText.failedPhotos)
    .option('--run <id>', helpText.ofRun, parseCount)
    .option('--code <code>', helpText.code)
    .action((photos: string[], options: { run?: number; code?: string }, command: Command) =>
      run(command, async (context) => (await import('./queue.ts')).retryFailed(context, photos, options)),
    );
  for (const change of ['pause', 'resume', 'cancel'] as const) {
    queue
      .command(change)
      .summary(helpText.queueChange[change])
      .action((_options: object, command: Command) =>
        run(command, async (context) => (await import('./queue.ts')).changeQueue(context, change)),
      );
  }
}

function addServing(program: Command, run: Run): void {
  program
    .command('serve')
    .summary(helpText.serve)
    .description(helpText.serveLong)
    .option('--port <n>', helpText.servePort, parsePort)
    .option('--host <address>', helpText.serveHost)
    .option('--allow-host <name>', helpText.allowHost, collect)
    .option('--open', helpText.openBrowser)
    .action((options: ServeFlags, command: Command) =>
      run(command, async (context) => (await import('./serve.ts')).serve(context, options)),
    );
}
