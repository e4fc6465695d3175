/** @file Image Analysis 4.0 (AZURE §5.2): one picture, the features that were asked for, each one transaction. */

import type { IncomingHttpHeaders } from 'node:http';
import { isObject } from './checks.ts';
import { describeDecoded, type PictureDescription } from './describe-picture.ts';
import { analysisError, errorCodeOf, Refusal, resourceNotFound } from './errors.ts';
import { faultError } from './fault-errors.ts';
import { errorFaults, type Fault, type FaultSwitches } from './faults.ts';
import type { JournalEntry } from './journal.ts';
import { fetchPicture, type Internet } from './pictures.ts';
import { decodePicture } from './pixels.ts';
import { errorReply, jsonReply, textReply, type Reply, type Wire } from './reply.ts';

/** A place in fractions of the picture. */
export type Place = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** What the emulator cannot see by itself, and a region's habits. */
export type AnalysisOptions = {
  /** Captions are had in some regions only. @default true */
  readonly hasCaptions?: boolean;
  /** What `read` finds: lines of words, each word where it stands. @default nothing */
  readonly lines?: readonly (readonly {
    readonly text: string;
    readonly place: Place;
    readonly confidence: number;
  }[])[];
  /** What `people` finds. @default nobody */
  readonly people?: readonly { readonly place: Place; readonly confidence: number }[];
};

export type AnalysisService = {
  readonly options: AnalysisOptions;
  readonly faults: FaultSwitches;
  readonly latencyMs: number;
  readonly internet: Internet | undefined;
};

type Asked = {
  readonly url: URL;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

const features = ['caption', 'denseCaptions', 'tags', 'objects', 'read', 'people', 'smartCrops'] as const;
type Feature = (typeof features)[number];

const parameters = new Set([
  'api-version',
  'features',
  'model-name',
  'model-version',
  'language',
  'gender-neutral-caption',
  'smartcrops-aspect-ratios',
]);
const languages = new Set(['en', 'es', 'ja', 'pt', 'zh']);
const mostBytes = 20_971_520;

export async function answerAnalysis(
  asked: Asked,
  entry: JournalEntry,
  service: AnalysisService,
): Promise<Reply> {
  const wished = checkQuery(asked, service.options);
  const picture = await readPicture(asked, service.internet);
  entry.pictures = [picture.record];
  entry.body = { features: wished.features, bytes: asked.body.byteLength };
  const fault = service.faults.pick({
    number: entry.number,
    deployment: 'image-analysis',
    form: 'vision',
    isStream: false,
    pictures: entry.pictures,
  });
  entry.fault = fault?.name;
  const reply = failingReply(fault) ?? jsonReply(200, toResult(picture.description, wished, service.options));
  const isBilled = reply.httpStatus === 200;
  return {
    ...reply,
    // No tokens are counted, so none are said: the journal counts the features.
    charge: isBilled ? 'said' : 'free',
    usage: isBilled
      ? { promptTokens: 0, completionTokens: 0, reasoningTokens: 0, transactions: wished.features.length }
      : undefined,
    wire: { delayMs: service.latencyMs, ...wireOf(fault) },
  };
}

type Wished = { readonly features: readonly Feature[]; readonly aspects: readonly number[] };

function checkQuery({ url, method }: Asked, { hasCaptions = true }: AnalysisOptions): Wished {
  const query = url.searchParams;
  const isKnown = url.pathname === '/computervision/imageanalysis:analyze' && method === 'POST';
  if (!isKnown || query.get('api-version') !== '2024-02-01') throw new Refusal(resourceNotFound);
  const strange = [...query.keys()].find((name) => !parameters.has(name));
  if (strange !== undefined) refuse('BadArgument', `Unknown query parameter '${strange}'.`);
  const version = query.get('model-version') ?? 'latest';
  if (!/^(?:latest|\d{4}-\d\d-\d\d(?:-preview)?)$/.test(version)) {
    refuse('BadArgument', `The model version '${version}' is not supported.`);
  }
  const neutral = query.get('gender-neutral-caption') ?? 'false';
  if (neutral !== 'true' && neutral !== 'false') {
    refuse('BadArgument', "'gender-neutral-caption' must be true or false.");
  }
  const given = query.get('features')?.split(',') ?? [];
  if (given.length === 0 || query.has('model-name')) {
    refuse('BadArgument', "Either 'features' or 'model-name' needs to be specified in the query parameter");
  }
  const wished = given.map(
    (name) =>
      features.find((feature) => feature === name) ??
      refuse('NotSupportedVisualFeature', `Specified feature type is not valid: '${name}'.`),
  );
  if (new Set(wished).size < wished.length) refuse('BadArgument', 'A feature is named twice.');
  const captions = wished.find((feature) => feature === 'caption' || feature === 'denseCaptions');
  if (captions !== undefined && !hasCaptions) {
    const name = captions === 'caption' ? 'Caption' : 'DenseCaptions';
    refuse('NotSupportedVisualFeature', `The feature '${name}' is not supported in this region`);
  }
  const language = query.get('language') ?? 'en';
  if (!languages.has(language) || (captions !== undefined && language !== 'en')) {
    refuse('NotSupportedLanguage', `The input language '${language}' is not supported for the features.`);
  }
  const aspects = (query.get('smartcrops-aspect-ratios') ?? '')
    .split(',')
    .filter((text) => text !== '')
    .map(Number);
  if (aspects.some((aspect) => !(aspect >= 0.75 && aspect <= 1.8))) {
    refuse('BadArgument', 'Aspect ratios must be in [0.75, 1.8].');
  }
  return { features: wished, aspects };
}

function refuse(code: string, message: string): never {
  throw new Refusal(analysisError(code, message));
}

async function readPicture({ headers, body: sent }: Asked, internet: Internet | undefined) {
  const type = (headers['content-type'] ?? '').split(';', 1)[0];
  if (type !== 'application/octet-stream' && type !== 'application/json') {
    refuse('BadArgument', 'Unsupported media type.');
  }
  const address = type === 'application/json' ? addressIn(sent) : undefined;
  const body = address === undefined ? sent : await fetchAt(address, internet);
  if (body.byteLength === 0 || body.byteLength > mostBytes) {
    refuse('InvalidImageSize', `The image size is not allowed to be zero or larger than ${mostBytes} bytes.`);
  }
  const outcome = await decodePicture(body);
  if (outcome.status !== 'decoded') refuse('InvalidImageFormat', 'Image format is not valid.');
  const { grid: _, ...facts } = outcome.picture;
  const sides = [facts.widthPx, facts.heightPx];
  if (sides.some((px) => px <= 50 || px >= 16_000)) {
    refuse('InvalidImageSize', 'The image dimension is out of range: 50 to 16000 pixels on each side.');
  }
  const description = describeDecoded(outcome.picture);
  const record = {
    ...facts,
    fingerprint: description.fingerprint,
    detail: 'missing' as const,
    imageTokens: 0,
    hasMetadata: facts.metadata.length > 0,
    ...(address !== undefined && { address }),
  };
  return { record, description };
}

/** `{"url":"https://…"}` and nothing else. */
function addressIn(body: Buffer): string {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    refuse('BadArgument', 'The body is no JSON.');
  }
  const url = isObject(value) && Object.keys(value).length === 1 ? value['url'] : undefined;
  return typeof url === 'string' ? url : refuse('BadArgument', "The body must have 'url' and nothing else.");
}

async function fetchAt(url: string, internet: Internet | undefined): Promise<Buffer> {
  try {
    return await fetchPicture({ url, path: 'url' }, internet);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refuse('InvalidImageUrl', 'Image URL is badly formatted or not accessible.');
  }
}

function failingReply(fault: Fault | undefined): Reply | undefined {
  if (fault?.name === 'quoted' && fault.answer !== undefined) {
    const { httpStatus, headers = {}, body } = fault.answer;
    return typeof body === 'string'
      ? textReply(httpStatus, 'text/html', body, { headers })
      : jsonReply(httpStatus, body, { headers, errorCode: errorCodeOf(fault.answer) });
  }
  if (fault?.name === 'html-200') return textReply(200, 'text/html', '<!DOCTYPE html><h1>Sign in</h1>');
  const name = errorFaults.find((one) => one === fault?.name);
  if (fault === undefined || name === undefined) return undefined;
  const answer = faultError(name, fault, {
    apiVersion: '2024-02-01',
    promptTokens: 0,
    contextTokens: 0,
    rateLimitHeaders: {},
  });
  return errorReply(answer, errorCodeOf(answer));
}

function wireOf(fault: Fault | undefined): Wire {
  if (fault?.name === 'cut-before-headers') return { end: 'cut-before-headers' };
  if (fault?.name === 'cut-body') return { end: 'cut-halfway' };
  return {};
}

/** Only what was asked for, in pixels of the picture that came. */
function toResult(seen: PictureDescription, { features: wished, aspects }: Wished, options: AnalysisOptions) {
  const { widthPx, heightPx } = seen;
  const toBox = ({ x, y, width, height }: Place) => ({
    x: Math.round(x * widthPx),
    y: Math.round(y * heightPx),
    w: Math.round(width * widthPx),
    h: Math.round(height * heightPx),
  });
  const toPolygon = ({ x, y, width, height }: Place) =>
    [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ].map(([left = 0, top = 0]) => ({ x: Math.round(left * widthPx), y: Math.round(top * heightPx) }));
  const results: Record<Feature, () => object> = {
    caption: () => ({ captionResult: { text: seen.caption.toLowerCase(), confidence: 0.84 } }),
    denseCaptions: () => ({
      denseCaptionsResult: {
        values: [
          { text: seen.caption.toLowerCase(), confidence: 0.84, boundingBox: toBox(whole) },
          ...seen.objects.map(({ label, box }) => ({
            text: `a field of ${label}`,
            confidence: 0.7,
            boundingBox: toBox(box),
          })),
        ].slice(0, 10),
      },
    }),
    tags: () => ({
      tagsResult: {
        values: [
          ...seen.keywords.map((name, index) => ({ name, confidence: 0.99 - index / 100 })),
          { name: 'perhaps', confidence: 0.41 },
        ],
      },
    }),
    objects: () => ({
      objectsResult: {
        values: seen.objects.map(({ label, box }) => ({
          boundingBox: toBox(box),
          tags: [{ name: label, confidence: 0.9 }],
        })),
      },
    }),
    read: () => ({
      readResult: {
        blocks: (options.lines ?? []).map((words) => ({
          lines: [
            {
              text: words.map(({ text }) => text).join(' '),
              boundingPolygon: toPolygon(around(words.map(({ place }) => place))),
              words: words.map(({ text, place, confidence }) => ({
                text,
                boundingPolygon: toPolygon(place),
                confidence,
              })),
            },
          ],
        })),
      },
    }),
    people: () => ({
      peopleResult: {
        values: [
          ...(options.people ?? []).map(({ place, confidence }) => ({
            boundingBox: toBox(place),
            confidence,
          })),
          // The service lists what it hardly believes itself.
          { boundingBox: { x: 0, y: 0, w: 9, h: 9 }, confidence: 0.002 },
        ],
      },
    }),
    smartCrops: () => ({
      smartCropsResult: {
        values: (aspects.length === 0 ? [1] : aspects).map((aspect) => ({
          aspectRatio: aspect,
          boundingBox: toBox(seen.objects.at(-1)?.box ?? whole),
        })),
      },
    }),
  };
  return Object.assign(
    { modelVersion: '2023-10-01', metadata: { width: widthPx, height: heightPx } },
    ...wished.map((feature) => results[feature]()),
  ) as object; // why: JSON
}

const whole: Place = { x: 0, y: 0, width: 1, height: 1 };

function around(places: readonly Place[]): Place {
  const x = Math.min(...places.map((place) => place.x));
  const y = Math.min(...places.map((place) => place.y));
  return {
    x,
    y,
    width: Math.max(...places.map((place) => place.x + place.width)) - x,
    height: Math.max(...places.map((place) => place.y + place.height)) - y,
  };
}
