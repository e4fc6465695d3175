import type { FileHandle } from 'node:fs/promises';
import type { Facts } from '../contract/models/asset.ts';
import type { ImageFacts } from '../imaging/header.ts';
import type { FileFormat } from '../imaging/formats.ts';
import type { FileHashes } from '../metadata/image-data-hash.ts';
import { hashVideo } from '../video/hash-video.ts';
import { probeVideo } from '../video/probe.ts';
import type { VideoFacts } from './video-store.ts';

/**
 * What a video's headers say, and its [Note: Identity of videos]. When and where it was taken, and with what, ExifTool says
 * later.
 */
export async function readVideo(
  {
    path,
    format,
    sizeBytes,
  }: { readonly path: string; readonly format: FileFormat; readonly sizeBytes: number },
  file: FileHandle,
  signal?: AbortSignal,
): Promise<FileHashes & ImageFacts & { readonly facts: Facts; readonly video: VideoFacts }> {
  const { widthPx, heightPx, ...video } = await probeVideo(path, format);
  const hashes = await hashVideo(file, sizeBytes, format, signal);
  return { ...hashes, format, widthPx, heightPx, orientation: 1, frameCount: 1, facts: {}, video };
}
