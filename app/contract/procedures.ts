import type { z } from 'zod';
import { assetProcedures } from './procedures/asset.ts';
import { connectionProcedures } from './procedures/connection.ts';
import { descriptionProcedures } from './procedures/description.ts';
import { editProcedures } from './procedures/edit.ts';
import { facetProcedures } from './procedures/facet.ts';
import { folderProcedures } from './procedures/folder.ts';
import { gridProcedures } from './procedures/grid.ts';
import { keywordProcedures } from './procedures/keyword.ts';
import { folderNoteProcedures } from './procedures/folder-note.ts';
import { folderPrivacyProcedures } from './procedures/folder-privacy.ts';
import { libraryProcedures } from './procedures/library.ts';
import { promptProcedures } from './procedures/prompt.ts';
import { queueProcedures } from './procedures/queue.ts';
import { renditionProcedures } from './procedures/rendition.ts';
import { rootProcedures } from './procedures/root.ts';
import { runProcedures } from './procedures/run.ts';
import { savedSearchProcedures } from './procedures/saved-search.ts';
import { secretProcedures } from './procedures/secret.ts';
import { searchProcedures } from './procedures/search.ts';
import { threadProcedures } from './procedures/thread.ts';
import { settingProcedures } from './procedures/setting.ts';
import { upkeepProcedures } from './procedures/upkeep.ts';
import { usageProcedures } from './procedures/usage.ts';
import { videoProcedures } from './procedures/video.ts';
import { videoIndexProcedures } from './procedures/video-index.ts';
import { webProcedures } from './procedures/web.ts';

/**
 * Everything that can be asked of an engine: `noun.verb`, with the shape of what goes in and what comes out; each noun
 * has a file in `procedures/`. The terminal calls it in its own process, a window calls the same over a port. A missing
 * handler does not compile.
 *
 * The shapes that they share are in `models/`. Units are in the names; times are integers in milliseconds, UTC, except
 * `captureLocalMs`, which is the camera's wall clock read as if it were UTC (its offset stands beside it).
 *
 * `reads`: works beside another engine that has the library open; the others need the library's lock. A procedure with
 * a `part` streams: it tells its caller parts of that shape before its output comes, and stops when its caller aborts.
 */
export const procedures = {
  ...libraryProcedures,
  ...searchProcedures,
  ...assetProcedures,
  ...upkeepProcedures,
  ...usageProcedures,
  ...runProcedures,
  ...queueProcedures,
  ...rootProcedures,
  ...folderNoteProcedures,
  ...folderPrivacyProcedures,
  ...promptProcedures,
  ...descriptionProcedures,
  ...connectionProcedures,
  ...secretProcedures,
  ...threadProcedures,
  ...gridProcedures,
  ...renditionProcedures,
  ...facetProcedures,
  ...editProcedures,
  ...keywordProcedures,
  ...savedSearchProcedures,
  ...settingProcedures,
  ...folderProcedures,
  ...webProcedures,
  ...videoProcedures,
  ...videoIndexProcedures,
} as const;

type Procedures = typeof procedures;
export type ProcedureName = keyof Procedures;
export type ReadProcedureName = {
  [Name in ProcedureName]: Procedures[Name]['reads'] extends true ? Name : never;
}[ProcedureName];
export type WriteProcedureName = Exclude<ProcedureName, ReadProcedureName>;
export type Input<Name extends ProcedureName> = z.output<Procedures[Name]['input']>;
export type Output<Name extends ProcedureName> = z.output<Procedures[Name]['output']>;
/** What a procedure tells before its output; `never` for those that do not stream. */
export type Part<Name extends ProcedureName> = Procedures[Name] extends {
  readonly part: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : never;
/** What a caller may pass: before defaults and brands. */
export type Arguments<Name extends ProcedureName> = z.input<Procedures[Name]['input']>;
/** What a handler may know of its caller. */
export type Call<Name extends ProcedureName> = {
  /** Aborts when the caller does not want the answer any more. */
  readonly signal: AbortSignal;
  readonly tell: (part: Part<Name>) => void;
};
export type Handlers<Name extends ProcedureName = ProcedureName> = {
  [Key in Name]: (input: Input<Key>, call: Call<Key>) => Output<Key> | Promise<Output<Key>>;
};
/** The handlers of the nouns that a file is for, of the kind that it is for. */
export type HandlersOf<Some, Kind extends ProcedureName> = Handlers<Extract<keyof Some, Kind>>;
/** How a caller hears of parts, and takes its wish back. */
export type CallOptions<Name extends ProcedureName> = {
  readonly signal?: AbortSignal;
  readonly onPart?: (part: Part<Name>) => void;
};
