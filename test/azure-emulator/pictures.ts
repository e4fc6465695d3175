/** @file From the parts of a request to pictures that were decoded, described and counted. */

import { refuseValue } from './checks.ts';
import { describeDecoded, type PictureDescription } from './describe-picture.ts';
import { brokenBase64, brokenImage, modelError, Refusal, unsupportedImage } from './errors.ts';
import type { ImagePart } from './messages.ts';
import { decodePicture, type ImageFormat, type MetadataBlock } from './pixels.ts';
import type { ServerTraits } from './servers/traits.ts';
import type { SizeRule } from './size-rules.ts';
import { countImageTokens, type Detail } from './tokens.ts';

/** What the journal keeps of a picture: never its bytes. */
export type PictureRecord = {
  readonly fingerprint: string;
  readonly contentHash: string;
  readonly bytes: number;
  readonly format: ImageFormat;
  readonly widthPx: number;
  readonly heightPx: number;
  /** As it stood in the request. */
  readonly detail: Detail | 'missing';
  readonly imageTokens: number;
  readonly hasMetadata: boolean;
  readonly metadata: readonly MetadataBlock[];
  readonly isTurned: boolean;
  readonly isAnimated: boolean;
};

export type SentPicture = {
  readonly record: PictureRecord;
  readonly description: PictureDescription;
  /** By which the request calls it, among several. */
  readonly number: number | undefined;
};

/** AZURE §1.4. */
export const mostImageBytes = 20 * 1024 * 1024;

const mediaTypes = new Set(['image/jpeg', 'image/jpg', 'image/png', 'image/webp', 'image/gif']);

/** Decodes one picture. Throws `Refusal` with the image errors of AZURE §4. */
export async function readPicture(
  part: ImagePart,
  rule: SizeRule,
  server?: ServerTraits,
): Promise<SentPicture> {
  if (server?.refusesWebUrl !== undefined && /^https?:/i.test(part.url)) {
    throw new Refusal(server.refusesWebUrl);
  }
  const bytes = readDataUrl(part);
  if (bytes.byteLength > mostImageBytes) throw new Refusal(unsupportedImage);
  const outcome = await decodePicture(bytes);
  if (outcome.status === 'unsupported') throw new Refusal(unsupportedImage);
  if (outcome.status === 'broken') throw new Refusal(server?.refusesPicture ?? brokenImage);
  if (server !== undefined && !server.pictureFormats.includes(outcome.picture.format)) {
    throw new Refusal(server.refusesPicture);
  }

  const { grid: _, ...facts } = outcome.picture;
  const detail = part.detailSent === 'missing' ? 'auto' : part.detailSent;
  const imageTokens = countImageTokens(rule, facts, detail);
  if (imageTokens === undefined) {
    refuseValue(part.path, `Invalid '${part.path}'. The image has too many patches.`, 'image_too_large');
  }
  const description = describeDecoded(outcome.picture);
  const record: PictureRecord = {
    ...facts,
    fingerprint: description.fingerprint,
    detail: part.detailSent,
    imageTokens,
    hasMetadata: facts.metadata.length > 0,
  };
  return { record, description, number: part.number };
}

const example = "(e.g. 'data:image/png;base64,aW1nIGJ5dGVzIGhlcmU=')";

/** The bytes of a base64 data URL. The emulator reaches no network, so it refuses any other URL as Azure may. */
function readDataUrl({ url, path }: ImagePart): Buffer {
  if (/^https?:/i.test(url)) {
    const domain = URL.parse(url)?.hostname ?? url;
    throw new Refusal(
      modelError(`Image URL domain '${domain}' is not allowed.`, { param: path, code: 'invalid_image_url' }),
    );
  }
  const comma = url.indexOf(',');
  const head = /^data:([^;,]*);base64$/i.exec(url.slice(0, Math.max(0, comma)));
  const problem = `Invalid '${path}'. Expected a base64-encoded data URL with an image MIME type ${example}, but got`;
  if (head === null) refuseValue(path, `${problem} a value that is no such URL.`);
  const mediaType = (head[1] ?? '').toLowerCase();
  if (!mediaTypes.has(mediaType)) refuseValue(path, `${problem} unsupported MIME type '${mediaType}'.`);
  const base64 = url.slice(comma + 1);
  if (base64 === '') refuseValue(path, `${problem} empty base64-encoded bytes.`);
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw new Refusal(brokenBase64);
  return Buffer.from(base64, 'base64');
}
