import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { AppError, toAppError } from '../platform/errors.ts';
import { toAbsolute, withReader, type CommandContext } from './context.ts';
import { byteOrderMark, toCsvRow } from './csv.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { exportColumns, type ExportedPhoto } from './export-columns.ts';
import { withIsoDates } from './export-dates.ts';
import { toJsonLine } from './printable.ts';
import { requireFolderOf } from './target-folder.ts';
import { upkeepText } from './upkeep-text.ts';

export type ExportFormat = 'csv' | 'json' | 'jsonl';

export type ExportFlags = {
  readonly query?: string;
  readonly format?: ExportFormat;
  readonly out?: string;
  readonly bom?: true;
  readonly force?: true;
};

/** `cutline export`: everything that is known of the photos, a page in memory at a time. */
export function exportPhotos(context: CommandContext, flags: ExportFlags): Promise<ExitStatus> {
  const format = flags.format ?? (context.terminal.isJson ? 'jsonl' : 'csv');
  return withReader(context, async (reader) => {
    const pages = async (write: (text: string) => Promise<void>): Promise<number> => {
      await write(beginning(format, flags.bom === true));
      let count = 0;
      let after: string | undefined;
      do {
        const page: { photos: ExportedPhoto[]; nextCursor: string | null } = await reader.call(
          'library.export',
          {
            ...(flags.query === undefined ? {} : { query: flags.query }),
            ...(after === undefined ? {} : { after }),
          },
        );
        const texts = page.photos.map((photo, index) => toText(photo, format, count + index === 0));
        await write(texts.join(''));
        count += page.photos.length;
        after = page.nextCursor ?? undefined;
      } while (after !== undefined && !context.interrupts.signal.aborted);
      if (context.interrupts.signal.aborted) throw new AppError('canceled');
      if (format === 'json') await write('\n]\n');
      return count;
    };
    if (flags.out === undefined) {
      await pages((text) => writeTo(process.stdout, text));
      return exitStatus.done;
    }
    const path = toAbsolute(context, flags.out);
    requireFolderOf(path);
    const count = await writeFile(path, flags.force === true, pages);
    context.terminal.note(upkeepText.exported(count, path));
    return exitStatus.done;
  });
}

function beginning(format: ExportFormat, isMarked: boolean): string {
  if (format !== 'csv') return format === 'json' ? '[' : '';
  const names = toCsvRow(exportColumns.map(({ name }) => name));
  return isMarked ? byteOrderMark + names : names;
}

/** JSON has a photo a line too, so that two exports can be compared line by line. */
function toText(photo: ExportedPhoto, format: ExportFormat, isFirst: boolean): string {
  if (format === 'csv') return toCsvRow(exportColumns.map(({ value }) => value(photo)));
  const json = toJsonLine(withIsoDates(photo));
  return format === 'jsonl' ? `${json}\n` : `${isFirst ? '' : ','}\n${json}`;
}

/** Waits while the reader of the stream is slower than we are. One that is gone would be waited for forever. */
async function writeTo(stream: Writable, text: string): Promise<void> {
  if (!stream.writable) throw new AppError('canceled');
  if (text !== '' && !stream.write(text)) await once(stream, 'drain');
}

/** The file gets its name when all of it is on the disk; until then an older one stays as it is. */
async function writeFile(
  path: string,
  mayReplace: boolean,
  fill: (write: (text: string) => Promise<void>) => Promise<number>,
): Promise<number> {
  if (!mayReplace && existsSync(path)) {
    throw new AppError('conflict', { reason: `${path} exists already. Give another name, or --force.` });
  }
  const unfinished = `${path}.tmp`;
  try {
    const stream = createWriteStream(unfinished, { flags: 'wx' });
    await once(stream, 'open');
    const count = await fill((text) => writeTo(stream, text));
    stream.end();
    await once(stream, 'close');
    const file = await open(unfinished, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
    return count;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
      await rm(unfinished, { force: true });
    }
    throw toAppError(error);
  }
}
