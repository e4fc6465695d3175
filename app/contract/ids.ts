import { z } from 'zod';

/** Ids are branded, so that an asset's id is never passed where a run's is meant. All are positive SQLite rowids. */
const id = <Name extends string>(name: Name) => z.number().int().positive().brand(name);

export const rootId = id('RootId');
export const fileId = id('FileId');
export const assetId = id('AssetId');
export const connectionId = id('ConnectionId');
export const runId = id('RunId');
export const jobId = id('JobId');
export const requestId = id('RequestId');
export const descriptionId = id('DescriptionId');
export const threadId = id('ThreadId');
export const answerId = id('AnswerId');
export const editId = id('EditId');
export const savedSearchId = id('SavedSearchId');

export type RootId = z.infer<typeof rootId>;
export type FileId = z.infer<typeof fileId>;
export type AssetId = z.infer<typeof assetId>;
export type ConnectionId = z.infer<typeof connectionId>;
export type RunId = z.infer<typeof runId>;
export type JobId = z.infer<typeof jobId>;
export type RequestId = z.infer<typeof requestId>;
export type DescriptionId = z.infer<typeof descriptionId>;
export type ThreadId = z.infer<typeof threadId>;
export type AnswerId = z.infer<typeof answerId>;
export type EditId = z.infer<typeof editId>;
export type SavedSearchId = z.infer<typeof savedSearchId>;
