import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Run } from './action.ts';
import { collect, parseCount } from './flags.ts';
import { videoIndexHelp } from './video-index-text.ts';
import type { UpdateFlags } from './video-index-update.ts';
import type { AddVideosFlags, CreateFlags, SearchFlags, WhichFlags } from './video-index.ts';

const features = ['vision', 'speech'] as const;

/** Videos in an index of Azure AI Vision. */
export function addVideoIndex(program: Command, run: Run): void {
  const group = program.command('video-index').summary(videoIndexHelp.group).helpCommand(false);
  const command = (name: string): Command =>
    group.command(name).option('--connection <name>', videoIndexHelp.connection);
  const aboutVideos = (name: 'add' | 'update'): Command =>
    command(name)
      .summary(videoIndexHelp[name])
      .description(videoIndexHelp[`${name}Long`])
      .argument('<name>', videoIndexHelp.name)
      .argument('[query...]', videoIndexHelp.query)
      .option('--set <field=value>', videoIndexHelp.set, collectPairs);
  command('list')
    .summary(videoIndexHelp.list)
    .action((flags: WhichFlags, self: Command) =>
      run(self, async (context) => (await import('./video-index.ts')).listIndexes(context, flags)),
    );
  command('create')
    .summary(videoIndexHelp.create)
    .argument('<name>', videoIndexHelp.name)
    .addOption(featureOption())
    .option('--field <name:type>', videoIndexHelp.field, collectFields)
    .action((name: string, flags: CreateFlags, self: Command) =>
      run(self, async (context) => (await import('./video-index.ts')).createIndex(context, name, flags)),
    );
  aboutVideos('add')
    .option('--limit <n>', videoIndexHelp.limit, parseCount)
    .option('--yes', videoIndexHelp.yes)
    .action((name: string, query: string[], flags: AddVideosFlags, self: Command) =>
      run(self, async (context) =>
        (await import('./video-index-add.ts')).addToIndex(context, name, query.join(' '), flags),
      ),
    );
  aboutVideos('update')
    .option('--field <name:type>', videoIndexHelp.newField, collectFields)
    .action((name: string, query: string[], flags: UpdateFlags, self: Command) =>
      run(self, async (context) =>
        (await import('./video-index-update.ts')).updateIndex(context, name, query.join(' '), flags),
      ),
    );
  command('documents')
    .summary(videoIndexHelp.documents)
    .argument('<name>', videoIndexHelp.name)
    .action((name: string, flags: WhichFlags, self: Command) =>
      run(self, async (context) => (await import('./video-index.ts')).listDocuments(context, name, flags)),
    );
  command('search')
    .summary(videoIndexHelp.search)
    .argument('<name>', videoIndexHelp.name)
    .argument('<words...>', videoIndexHelp.words)
    .option('--where <field=value>', videoIndexHelp.where, collectPairs)
    .option('--since <day>', videoIndexHelp.since, parseIsoDay)
    .option('--until <day>', videoIndexHelp.until, parseIsoDay)
    .addOption(featureOption())
    .option('--limit <n>', videoIndexHelp.limit, parseCount)
    .action((name: string, words: string[], flags: SearchFlags, self: Command) =>
      run(self, async (context) =>
        (await import('./video-index.ts')).searchIndex(context, name, words.join(' '), flags),
      ),
    );
  command('remove')
    .summary(videoIndexHelp.remove)
    .argument('<name>', videoIndexHelp.name)
    .argument('<videos...>', videoIndexHelp.videos)
    .action((name: string, videos: string[], flags: WhichFlags, self: Command) =>
      run(self, async (context) =>
        (await import('./video-index.ts')).removeFromIndex(context, name, videos, flags),
      ),
    );
  command('delete')
    .summary(videoIndexHelp.delete)
    .argument('<name>', videoIndexHelp.name)
    .option('--yes', videoIndexHelp.yes)
    .action((name: string, flags: WhichFlags & { yes?: true }, self: Command) =>
      run(self, async (context) => (await import('./video-index.ts')).deleteIndex(context, name, flags)),
    );
}

/** Repeatable, and one of the two each time. */
function featureOption(): Option {
  return new Option('--feature <feature>', videoIndexHelp.feature).argParser(
    (text: string, before: readonly (typeof features)[number][] | undefined) => {
      const feature = features.find((one) => one === text.toLowerCase());
      if (feature === undefined) throw new InvalidArgumentError('It takes vision or speech.');
      return [...new Set([...(before ?? []), feature])];
    },
  );
}

function collectFields(text: string, before?: readonly string[]): string[] {
  if (!/^[a-z][\w-]*:(string|datetime)$/i.test(text)) {
    throw new InvalidArgumentError('It takes a name and string or datetime, such as event:string.');
  }
  return collect(text, before);
}

function collectPairs(text: string, before?: readonly string[]): string[] {
  if (!/^[a-z][\w-]*=./i.test(text)) {
    throw new InvalidArgumentError('It takes a field and a value, such as event=Harvest.');
  }
  return collect(text, before);
}

/** A day that there is, as it is written. */
function parseIsoDay(text: string): string {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
  if (!isDay || new Date(text).toISOString().slice(0, 10) !== text) {
    throw new InvalidArgumentError('It takes a day, such as 2026-01-31.');
  }
  return text;
}
