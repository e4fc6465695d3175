import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { AppError, toAppError } from '../platform/errors.ts';
import { toAbsolute, withReader, type CommandContext } from './context.ts';
import { byteOrderMark, toCsvRow } from './csv.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { exportColumns, type ExportedPhoto } from './export-columns.ts';
import { toJsonLine } from './printable.ts';
import { upkeepText } from './upkeep-text.ts';

export type ExportFlags = {
  readonly query?: string;
  readonly format?: 'csv' | 'json';
  readonly out?: string;
  readonly bom?: true;
  readonly force?: true;
};

/** `cutline export`: everything that is known of the photos, a page in memory at a time. */
export function exportPhotos(context: CommandContext, flags: ExportFlags): Promise<ExitStatus> {
  const format = flags.format ?? (context.terminal.isJson ? 'json' : 'csv');
  return withReader(context, async (reader) => {
    const pages = async (write: (text: string) => Promise<void>): Promise<number> => {
      if (format === 'csv') {
        const names = toCsvRow(exportColumns.map(({ name }) => name));
        await write(flags.bom === true ? byteOrderMark + names : names);
      }
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
        await write(page.photos.map((photo) => toLine(photo, format)).join(''));
        count += page.photos.length;
        after = page.nextCursor ?? undefined;
      } while (after !== undefined && !context.interrupts.signal.aborted);
      if (context.interrupts.signal.aborted) throw new AppError('canceled');
      return count;
    };
    if (flags.out === undefined) {
      await pages((text) => writeTo(process.stdout, text));
      return exitStatus.done;
    }
    const path = toAbsolute(context, flags.out);
    const count = await writeFile(path, flags.force === true, pages);
    context.terminal.note(upkeepText.exported(count, path));
    return exitStatus.done;
  });
}

function toLine(photo: ExportedPhoto, format: 'csv' | 'json'): string {
  return format === 'json'
    ? `${toJsonLine(photo)}\n`
    : toCsvRow(exportColumns.map(({ value }) => value(photo)));
}

/** Waits while the reader of the stream is slower than we are. */
async function writeTo(stream: Writable, text: string): Promise<void> {
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
