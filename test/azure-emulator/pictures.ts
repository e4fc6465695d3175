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
  /** Where the service fetched it; `undefined`: it came in the request. */
  readonly address?: string;
};

/**
 * What the service reaches: the bytes at an address, or `undefined` where nothing answers. The emulator itself reaches no
 * network, so without one every address is refused.
 */
export type Internet = (url: URL) => Promise<Uint8Array | undefined>;

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
  {
    server,
    internet,
  }: { readonly server?: ServerTraits | undefined; readonly internet?: Internet | undefined } = {},
): Promise<SentPicture> {
  const isByAddress = /^https?:/i.test(part.url);
  if (server?.refusesWebUrl !== undefined && isByAddress) throw new Refusal(server.refusesWebUrl);
  const bytes = isByAddress ? await fetchPicture(part, internet) : readDataUrl(part);
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
    ...(isByAddress && { address: part.url }),
  };
  return { record, description, number: part.number };
}

const example = "(e.g. 'data:image/png;base64,aW1nIGJ5dGVzIGhlcmU=')";

/** Addresses that lead into the service's own network, and single words, as it would refuse them. */
const notAllowed = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[.*\]|[^.]*|.*\.(?:localhost|local|internal))$/;

/** What the service finds at an address (AZURE §4, image errors). */
export async function fetchPicture(
  { url, path }: Pick<ImagePart, 'url' | 'path'>,
  internet: Internet | undefined,
): Promise<Buffer> {
  const parsed = URL.parse(url);
  if (parsed === null || internet === undefined || notAllowed.test(parsed.hostname)) {
    throw new Refusal(
      modelError(`Image URL domain '${parsed?.hostname ?? url}' is not allowed.`, {
        param: path,
        code: 'invalid_image_url',
      }),
    );
  }
  const found = await internet(parsed);
  if (found === undefined) {
    throw new Refusal(
      modelError(`Timeout while downloading ${url}.`, { param: 'url', code: 'invalid_value' }),
    );
  }
  return Buffer.from(found);
}

/** The bytes of a base64 data URL. */
function readDataUrl({ url, path }: ImagePart): Buffer {
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
