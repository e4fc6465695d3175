import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Connection } from '../../contract/models/connection.ts';
import type { Call } from '../../contract/procedures.ts';
import { AppError, fileErrorCode, toAppError } from '../../platform/errors.ts';
import { signedUrl, type ContainerSas } from '../../providers/retrieval/container-sas.ts';
import { uploadBlob } from '../../providers/retrieval/upload-blob.ts';
import type { VideoIndexParts } from './parts.ts';
import { chooseVideo, type ChosenVideo } from './choose-videos.ts';

type Uploading = Pick<Call<'videoIndex.add'>, 'signal' | 'tell'> & {
  readonly sas: ContainerSas;
  readonly connection: Connection;
};

export type Uploaded = {
  readonly video: ChosenVideo;
  readonly documentId: string;
  /** Where it lies now, with the signature. */
  readonly url: string;
};

/**
 * One after the other. What is wrong with one video stops no other; what is wrong with the container stops all.
 *
 * @returns what lies in the container, and, by the video as it was planned, those that ended before
 * @throws {AppError} as `uploadBlob`
 */
export async function uploadVideos(
  parts: VideoIndexParts,
  planned: readonly ChosenVideo[],
  { sas, connection, signal, tell }: Uploading,
): Promise<{ readonly uploaded: readonly Uploaded[]; readonly ended: Map<ChosenVideo, ChosenVideo> }> {
  const uploaded: Uploaded[] = [];
  const ended = new Map<ChosenVideo, ChosenVideo>();
  const total = planned.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let before = 0;
  for (const video of planned) {
    const report = (bytes: number): void => {
      tell({ stage: 'upload', path: video.path, done: Math.min(total, before + bytes), total });
    };
    report(0);
    // Uploads take hours: folders are withdrawn, and videos excluded, while others are on their way.
    const now = chooseVideo(parts, connection, video.assetId);
    if (now?.state === 'kept-back' || now?.state === 'failed') ended.set(video, now);
    else {
      try {
        if (now === undefined || now.documentId !== video.documentId) throw new AppError('file-changing');
        const url = await upload(video, { sas, signal, report, retryMs: parts.videoIndex.retryMs });
        uploaded.push({ video, documentId: video.documentId ?? '', url });
      } catch (error) {
        const appError = toAppError(error);
        if (!aboutOneVideo.has(appError.code)) throw appError;
        ended.set(video, { ...video, state: 'failed', error: appError.toInfo() });
      }
    }
    before += video.sizeBytes;
  }
  return { uploaded, ended };
}

const aboutOneVideo: ReadonlySet<string> = new Set([
  'file-missing',
  'file-unreadable',
  'file-changing',
  'root-offline',
]);

/** The address where it lies now, with the signature. */
async function upload(
  video: ChosenVideo,
  {
    sas,
    signal,
    report,
    retryMs,
  }: {
    readonly sas: ContainerSas;
    readonly signal: AbortSignal;
    readonly report: (bytes: number) => void;
    readonly retryMs: number | undefined;
  },
): Promise<string> {
  const blob = `${video.documentId ?? ''}${extname(video.path).toLowerCase()}`;
  const file = await open(video.path, 'r').catch((error: unknown) => {
    throw new AppError(fileErrorCode(error), {}, { cause: error });
  });
  try {
    const { size } = await file.stat();
    // What was planned and what it is called was true of another file.
    if (size !== video.sizeBytes) throw new AppError('file-changing');
    await uploadBlob({
      sas,
      blob,
      file,
      sizeBytes: size,
      contentType: contentTypes[extname(blob)] ?? 'application/octet-stream',
      signal,
      onProgress: report,
      retryMs,
    });
  } finally {
    await file.close();
  }
  return signedUrl(sas, blob);
}

const contentTypes: Readonly<Record<string, string>> = {
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.mov': 'video/quicktime',
  '.webm': 'video/webm',
  '.mkv': 'video/x-matroska',
  '.avi': 'video/x-msvideo',
};
