import { visionFeature, type VisionFeature } from '../../contract/models/usage.ts';
import type { Learned } from '../../contract/models/connection.ts';
import { toErrorOutcome, type ErrorOutcome, type ErrorResponse } from '../errors.ts';
import type { Redact } from '../redact.ts';
import { objectOf, parseJson, textOf } from '../wire.ts';

export type RefusedAnalysis = {
  readonly features: readonly VisionFeature[];
  readonly learned: Learned;
  readonly redact: Redact;
  readonly nowMs: number;
};

/** These two are had in the same regions (AZURE §5.2): who lacks one lacks the other. */
const inSomeRegions: readonly VisionFeature[] = ['caption', 'denseCaptions'];

const imageCodes: ReadonlySet<string> = new Set([
  'invalidimageurl',
  'invalidimagesize',
  'invalidimageformat',
  'invalidimage',
  'notsupportedimage',
]);
const imageTexts = /image (url|size|format|data|dimension)|input image|not a valid image/i;

/**
 * What an HTTP error of Image Analysis means (AZURE §5.2). Keys, paths, limits and troubles are those of all Azure services;
 * a bad request says in its inner error what is wrong with it.
 */
export function toRefusal(response: ErrorResponse, asked: RefusedAnalysis): ErrorOutcome {
  const { learned, redact, nowMs } = asked;
  const usual = toErrorOutcome(response, {
    deployment: undefined,
    learned,
    body: {},
    hasResponses: false,
    redact,
    nowMs,
  });
  if (response.httpStatus !== 400 || usual.status === 'blocked') return usual;
  const { code, message } = readInner(response.body);
  const details = {
    ...usual.details,
    ...(code === '' ? {} : { serviceCode: redact(code) }),
    ...(message === '' ? {} : { reason: redact(message).slice(0, 300) }),
  };
  const sent = { httpStatus: response.httpStatus, details, raw: redact(response.body.slice(0, 100_000)) };
  const missing = findMissing(code, message, asked.features);
  if (missing.length > 0) {
    const unsupportedFeatures = [...new Set([...(learned.unsupportedFeatures ?? []), ...missing])];
    return { ...sent, status: 'adapted', learned: { ...learned, unsupportedFeatures } };
  }
  if (code === 'notsupportedlanguage') return { ...sent, status: 'blocked', code: 'provider-misconfigured' };
  const isPicture = imageCodes.has(code) || imageTexts.test(message);
  return {
    ...sent,
    status: 'rejected',
    code: isPicture ? 'provider-image-refused' : 'provider-bad-request',
    charged: false,
  };
}

/** In lower case; the outer code is `InvalidRequest` for everything. */
function readInner(body: string): { readonly code: string; readonly message: string } {
  const error = objectOf(objectOf(parseJson(body))?.['error']);
  const inner = objectOf(error?.['innererror']);
  return {
    code: (textOf(inner?.['code']) ?? textOf(error?.['code']) ?? '').toLowerCase(),
    message: textOf(inner?.['message']) ?? textOf(error?.['message']) ?? '',
  };
}

/** Features that the region does not have: asked for without them, the rest is answered. */
function findMissing(
  code: string,
  message: string,
  asked: readonly VisionFeature[],
): readonly VisionFeature[] {
  if (code !== 'notsupportedvisualfeature' && !/not supported in this region/i.test(message)) return [];
  const named = visionFeature.options.filter((feature) => new RegExp(`\\b${feature}\\b`, 'i').test(message));
  const missing = named.some((feature) => inSomeRegions.includes(feature)) ? inSomeRegions : named;
  return missing.filter((feature) => asked.includes(feature));
}
