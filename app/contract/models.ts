import { z } from 'zod';
import { batchWish } from './batch.ts';
import { connectionId, rootId, runId } from './ids.ts';
import { enhancements } from './enhancements.ts';
import { errorCodes } from './errors.ts';
import { cropFocus, detectedObject, textLine } from './places.ts';

/**
 * The shapes that cross the port. Units are in the names; times are integers in milliseconds, UTC, except
 * `captureLocalMs`, which is the camera's wall clock read as if it were UTC (its offset stands beside it).
 */

export const errorInfo = z.object({
  code: z.enum(errorCodes),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.undefined()])),
});

/**
 * Where a key is kept: the environment; the desktop's own store, encrypted by the system (`system-weak`: with a password that
 * everybody knows, since this system has none of its own); the system's keyring; a file that only its owner may read; until
 * the program ends.
 */
export const secretPlace = z.enum([
  'environment',
  'system',
  'system-weak',
  'keyring',
  'file',
  'memory',
  'entra',
]);
export type SecretPlace = z.infer<typeof secretPlace>;

/** `built-in` needs no model; the others speak a service's protocol. `azure-vision` is Image Analysis 4.0, which counts features. */
export const connectionKind = z.enum(['built-in', 'azure-openai', 'openai-compatible', 'azure-vision']);
export type ConnectionKind = z.infer<typeof connectionKind>;

/** What Cutline asks the service for. `auto` is our own choice per photo and is never sent (AZURE §2.2, cost trap). */
export const detailChoice = z.enum(['low', 'high', 'auto']);
export type DetailChoice = z.infer<typeof detailChoice>;
/** What is sent. */
export const detail = detailChoice.exclude(['auto']);
export type Detail = z.infer<typeof detail>;

/** DESIGN §6, Privacy. */
export const privacy = z.enum(['may-be-sent', 'local-only', 'built-in-only']);
export type Privacy = z.infer<typeof privacy>;

/** Who last wrote a field: a model, a person, or another program by way of the file. */
export const owner = z.enum(['model', 'person', 'file']);
export type Owner = z.infer<typeof owner>;

/** Fields of a description that can be asked for or left out. */
export const descriptionField = z.enum([
  'title',
  'caption',
  'altText',
  'keywords',
  'recognizedText',
  'objects',
]);
export type DescriptionField = z.infer<typeof descriptionField>;

/** What Image Analysis is asked for, by its own names (AZURE §5.2). Each is one billed transaction of a picture. */
export const visionFeature = z.enum([
  'caption',
  'denseCaptions',
  'tags',
  'objects',
  'read',
  'people',
  'smartCrops',
]);
export type VisionFeature = z.infer<typeof visionFeature>;

/** A time range in a video, and what happens in it; both times from its beginning. */
export const moment = z.object({
  startMs: z.number().int().nonnegative(),
  endMs: z.number().int().nonnegative(),
  text: z.string(),
});
export type Moment = z.infer<typeof moment>;

/** What a model is asked for. Of a video its moments too, which nobody has to choose. */
export type AskedField = DescriptionField | 'moments';

/** What one answer says of one photo. A missing field says nothing about it. */
export const descriptionFields = z.object({
  title: z.string().optional(),
  caption: z.string().optional(),
  altText: z.string().optional(),
  keywords: z.array(z.string()).optional(),
  recognizedText: z.string().optional(),
  /** Where the recognised text stands, where that is known: it comes with it. */
  textLines: z.array(textLine).optional(),
  objects: z.array(detectedObject).optional(),
  /** What to show of it, where whoever found the objects says so. */
  crops: z.array(cropFocus).optional(),
  /** Of a video, in order of time. */
  moments: z.array(moment).optional(),
});
export type DescriptionFields = z.infer<typeof descriptionFields>;

/**
 * What somebody says of a photo. A person may give their whole list of keywords, or only say which come to the others'
 * and which are wrong: then what models and files say besides goes on to count.
 */
export const statementFields = descriptionFields.extend({
  addedKeywords: z.array(z.string()).optional(),
  removedKeywords: z.array(z.string()).optional(),
});
export type StatementFields = z.infer<typeof statementFields>;

/** Tokens of one request. `undefined` = the service did not say; never a made-up 0 (STYLE §2.17). */
export const tokenUsage = z.object({
  inputTokens: z.number().int().nonnegative(),
  outputTokens: z.number().int().nonnegative(),
  /** Part of the input tokens. */
  cachedInputTokens: z.number().int().nonnegative().optional(),
  /** Part of the input tokens, where the service tells. */
  imageTokens: z.number().int().nonnegative().optional(),
  /** Part of the output tokens. */
  reasoningTokens: z.number().int().nonnegative().optional(),
  /** Of a service that counts features: those that it gave. Its tokens are 0. */
  features: z.array(visionFeature).optional(),
});
export type TokenUsage = z.infer<typeof tokenUsage>;

/** Per million tokens, in millionths of a US dollar: 2.50 USD is 2 500 000; of a service that counts features, per transaction. */
export const price = z.object({
  inputMicroUsdPerMillion: z.number().nonnegative(),
  cachedInputMicroUsdPerMillion: z.number().nonnegative().optional(),
  outputMicroUsdPerMillion: z.number().nonnegative(),
  /** One transaction of each feature: 1.50 USD per thousand is 1 500. One that is missing costs as much as the dearest. */
  featureMicroUsd: z.partialRecord(visionFeature, z.number().nonnegative()).optional(),
  /** Of each request, beside its tokens, in millionths of a US dollar. */
  requestMicroUsd: z.number().nonnegative().optional(),
  /** Where and when the price was seen; `own` for a price that the user set, `free` for our own machine. */
  source: z.string(),
});
export type Price = z.infer<typeof price>;

/** Where a photo was taken, by the populated place nearest to its position; names in English. From GeoNames (CC BY 4.0). */
export const place = z.object({
  city: z.string(),
  /** A county, a province; or the city, where `city` is a part of it. */
  district: z.string().optional(),
  region: z.string().optional(),
  /** Nothing is said of it, nor of district and region, where a town of another country is about as near. */
  country: z.string().optional(),
  /** From the centre of the place. */
  distanceKm: z.number().nonnegative(),
  /** The photo was taken outside: near it rather than in it. */
  isNear: z.boolean(),
});
export type Place = z.infer<typeof place>;

/** What is known of a file's facts; every one may be missing. */
export const facts = z.object({
  /** The camera's wall clock as if it were UTC. */
  captureLocalMs: z.number().int().optional(),
  /** The capture time's own offset from UTC, in minutes, when the file says it. */
  captureOffsetMinutes: z.number().int().optional(),
  cameraMake: z.string().optional(),
  cameraModel: z.string().optional(),
  lens: z.string().optional(),
  apertureF: z.number().positive().optional(),
  exposureSeconds: z.number().positive().optional(),
  iso: z.number().positive().optional(),
  focalLengthMm: z.number().positive().optional(),
  flashFired: z.boolean().optional(),
  /** Degrees, north and east positive. */
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
  /** Derived from the position, never read from the file. */
  place: place.optional(),
  /** IANA name of the zone at the position, such as `Europe/Rome`. Derived. */
  timeZone: z.string().optional(),
  /** Where the file has no offset: that of `timeZone` at the capture time. Derived, and never the camera's own word. */
  derivedOffsetMinutes: z.number().int().optional(),
  /** `xmp:Rating`: −1 (rejected) to 5. */
  rating: z.number().int().min(-1).max(5).optional(),
  label: z.string().optional(),
  title: z.string().optional(),
  caption: z.string().optional(),
  altText: z.string().optional(),
  keywords: z.array(z.string()).optional(),
  keywordPaths: z.array(z.string()).optional(),
  creator: z.string().optional(),
});
export type Facts = z.infer<typeof facts>;

/** What a video has beside what every asset has. */
export const video = z.object({
  durationMs: z.number().int().positive(),
  /** Short name, such as `avc`, `hevc`, `vp9`; `null`: none that is known. */
  codec: z.string().nullable(),
  /** Frames a second. */
  frameRate: z.number().positive().nullable(),
  hasSound: z.boolean(),
  /** Why no picture could be taken out of it. */
  framesError: errorInfo.nullable(),
});
export type Video = z.infer<typeof video>;

/**
 * `found` = seen by the scan, not read yet; `ready` = can be described; `unsupported` = a format for a later release;
 * `unreadable` = something is wrong with the file, see its error. Whether the file is there is the file's state.
 */
export const assetState = z.enum(['found', 'ready', 'unsupported', 'unreadable']);
export type AssetState = z.infer<typeof assetState>;

/**
 * Pictures for the screen, made from originals: for the grid (`exif-thumbnail` is the camera's own small one, until ours
 * is made), for a whole screen, and every pixel; of a video, `scrubFrames` frames of it side by side.
 */
export const renditionKind = z.enum(['exif-thumbnail', 'thumbnail', 'preview', 'full', 'scrub']);
export type RenditionKind = z.infer<typeof renditionKind>;
/** Cells of the rendition `scrub`, in the order of their times, each in the middle of its part of the video. */
export const scrubFrames = 10;

export const rootState = z.enum(['online', 'offline']);
export type RootState = z.infer<typeof rootState>;

/** How many keywords a model is asked for, and of what form. `max` is enforced; `min` is asked for. */
export const keywordRules = z
  .object({
    min: z.number().int().min(0).max(100),
    max: z.number().int().min(1).max(100),
    /** `words`: single words only. `phrases`: a keyword may have several words. */
    form: z.enum(['words', 'phrases']),
  })
  .refine(({ min, max }) => min <= max, 'min is larger than max');
export type KeywordRules = z.infer<typeof keywordRules>;

/** A prompt: a preset, or one of the person's own. `instructions` and `style` are sent as they are; '' is none. */
export const promptSpec = z.object({
  label: z.string(),
  about: z.string(),
  fields: z.array(descriptionField).min(1),
  keywords: keywordRules,
  style: z.string().max(300),
  instructions: z.string().max(4_000),
  language: z.string().optional(),
});
export type PromptSpec = z.infer<typeof promptSpec>;

/** A person's own prompt as it was when it was asked for; its hash changes with every change of it. */
export const customPrompt = z.object({ hash: z.string(), spec: promptSpec });
export type CustomPrompt = z.infer<typeof customPrompt>;

/** Of what a connection has described already, what is described once more: everything, or what an older prompt or model made. */
export const again = z.enum(['all', 'outdated']);
export type Again = z.infer<typeof again>;

/** What a run was asked to do. Kept with the run, and never changed afterwards. */
export const runOptions = z.object({
  detail: detailChoice,
  maxImageTokens: z.number().int().positive().nullable(),
  /** Name of a preset, or of the custom prompt. */
  prompt: z.string(),
  custom: customPrompt.optional(),
  language: z.string(),
  fields: z.array(descriptionField).min(1),
  /** Instead of what the prompt says. */
  keywords: keywordRules.optional(),
  style: z.string().max(300).optional(),
  again: again.optional(),
  /** Photos of one burst, and near-duplicates, go in one request as far as the connection takes them. @default each alone */
  bursts: z.literal('together').optional(),
  batch: batchWish.optional(),
  /** Pictures of the web by their address, where the service fetches them for the same tokens. @default each is sent */
  sendsAddresses: z.literal(true).optional(),
});
export type RunOptions = z.infer<typeof runOptions>;

/**
 * A second connection for what the first does not answer: while it is blocked, what it filters or declines, what its price
 * puts over the budget. Never `built-in`.
 */
export const fallback = z.object({
  connectionId,
  /** Somebody agreed, by its name, that photos go to it although the first connection keeps them at home. */
  mayUpload: z.boolean(),
});
export type Fallback = z.infer<typeof fallback>;

/** What a root does with photos that appear. `index` = only list them. */
export const standingRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('index') }),
  z.object({
    kind: z.literal('describe'),
    connectionId,
    /** For one calendar month (local time); `null` for connections that cost nothing. */
    monthlyBudgetMicroUsd: z.number().int().positive().nullable(),
    options: runOptions.omit({ again: true, batch: true, sendsAddresses: true }),
    fallback: fallback.nullable().optional(),
  }),
]);
export type StandingRule = z.infer<typeof standingRule>;

export const root = z.object({
  id: rootId,
  path: z.string(),
  state: rootState,
  rule: standingRule,
  privacy,
  ignorePatterns: z.array(z.string()),
  scannedAtMs: z.number().int().nullable(),
});
export type Root = z.infer<typeof root>;

/** `offline` goes on by itself; `blocked` waits for a person (key refused, deployment unknown …). DESIGN §5. */
export const connectionState = z.enum(['ready', 'offline', 'blocked']);
export type ConnectionState = z.infer<typeof connectionState>;

/** Software that speaks OpenAI's protocol, each in its own way (AZURE §8); `other` = none that we know more of. */
export const serverKind = z.enum(['ollama', 'lm-studio', 'llama-cpp', 'vllm', 'openai', 'other']);
export type ServerKind = z.infer<typeof serverKind>;

/**
 * What a deployment taught us by refusing a parameter (AZURE §1.5), and what its server says of itself; kept per
 * connection. `unsupportedParameters` are left out of later requests.
 */
export const learned = z.object({
  /** The model is served by the Responses API alone (AZURE §1.9). */
  api: z.literal('responses').optional(),
  tokenLimitParameter: z.enum(['max_tokens', 'max_completion_tokens']).optional(),
  unsupportedParameters: z.array(z.string()).optional(),
  /** Strongest kind of structured output that it takes. */
  structuredOutput: z.enum(['json_schema', 'json_object', 'none']).optional(),
  /** Features that Image Analysis does not have in the connection's region. */
  unsupportedFeatures: z.array(visionFeature).optional(),
  /** Model as the service last named it. */
  modelAnswered: z.string().optional(),
  /** Which software answers, where it says so. */
  server: serverKind.optional(),
  /** Whether the model sees pictures, by its server's word; one that does not is asked about anew each time. */
  vision: z.enum(['yes', 'unknown']).optional(),
  /** The server says that the model thinks before it answers, unless told not to. */
  thinks: z.boolean().optional(),
  /** More tokens than these were too many for a batch. */
  batchTokens: z.number().int().positive().optional(),
});
export type Learned = z.infer<typeof learned>;

/** `null` = no limit of the user's own. */
export const ownLimits = z.object({
  requestsPerMinute: z.number().int().positive().nullable(),
  tokensPerMinute: z.number().int().positive().nullable(),
});
export type OwnLimits = z.infer<typeof ownLimits>;

/** How a person set up a service. The key is never part of it (DESIGN §10). */
export const connection = z.object({
  id: connectionId,
  kind: connectionKind,
  name: z.string(),
  endpoint: z.string().nullable(),
  /** Azure: `dated` = `/openai/deployments/{deployment}?api-version=`, `v1` = `/openai/v1/` (AZURE §1.1 A and B). */
  form: z.enum(['dated', 'v1']).nullable(),
  apiVersion: z.string().nullable(),
  /** Azure: the deployment's name; elsewhere the model's. `null` for built-in. */
  deployment: z.string().nullable(),
  /** Azure: the deployment that answers batches, which is never the one that answers at once. Left out: not said. */
  batchDeployment: z.string().optional(),
  /** The model behind it, as the user said or as *Test* learned: size rules and price come from it. */
  modelId: z.string().nullable(),
  /** Requests in flight at once. */
  concurrency: z.number().int().positive(),
  /** The limits in force, per minute: the service's and the user's own. */
  requestsPerMinute: z.number().int().positive().nullable(),
  tokensPerMinute: z.number().int().positive().nullable(),
  /** A price that the user set; it wins over the table. */
  ownPrice: price.nullable(),
  /** Limits that the user set, per minute; where the service says its own, the lower one counts. */
  ownLimits,
  /** With Microsoft Entra, as this machine is signed in there. @default with a key */
  signIn: z.literal('entra').optional(),
  enhancements: enhancements.optional(),
  learned,
  state: connectionState,
  error: errorInfo.nullable(),
});
export type Connection = z.infer<typeof connection>;

/** What a run would send and cost, before anything is sent. `null` cost = the price is unknown. */
export const captionPlan = z.object({
  photos: z.number().int().nonnegative(),
  requests: z.number().int().nonnegative(),
  /**
   * Photos whose detail is chosen when they are decoded (`auto`): counted here as if they needed all of it. Left out: none.
   */
  unmeasured: z.number().int().positive().optional(),
  /** Photos that share a request with others, in how many requests, and what that saves. Left out: none. */
  together: z
    .object({
      photos: z.number().int().positive(),
      requests: z.number().int().positive(),
      savedMicroUsd: z.number().int().nullable(),
    })
    .optional(),
  /** Pictures of the web whose address can be told instead of sending them. Left out: none. */
  addresses: z.number().int().positive().optional(),
  /** Of a service that counts features: each feature of each photo is one. Left out elsewhere. */
  transactions: z.number().int().positive().optional(),
  imageTokens: z.number().int().nonnegative(),
  /** Image tokens and text tokens. */
  inputTokens: z.number().int().nonnegative(),
  /** What such answers usually need; the upper limit is `maxOutputTokens`. */
  outputTokens: z.number().int().nonnegative(),
  maxOutputTokens: z.number().int().nonnegative(),
  costMicroUsd: z.number().int().nonnegative().nullable(),
  /** The most that it can cost: every answer as long as its limit. */
  maxCostMicroUsd: z.number().int().nonnegative().nullable(),
  /** The other way to send the same, where the connection has both: as batches, or at once. */
  otherWay: z
    .object({
      isBatch: z.boolean(),
      costMicroUsd: z.number().int().nonnegative().nullable(),
      maxCostMicroUsd: z.number().int().nonnegative().nullable(),
    })
    .optional(),
});
export type CaptionPlan = z.infer<typeof captionPlan>;

/** `paused` with an error waits for a person or for time; `canceled` and `undone` are final. */
export const runState = z.enum(['running', 'paused', 'finished', 'canceled', 'undone']);
export type RunState = z.infer<typeof runState>;

export const run = z.object({
  id: runId,
  connectionId,
  /** The root whose standing rule started it; `null` when a person did. */
  rootId: rootId.nullable(),
  fallback: fallback.nullable(),
  options: runOptions,
  plan: captionPlan,
  budgetMicroUsd: z.number().int().positive().nullable(),
  state: runState,
  error: errorInfo.nullable(),
  createdAtMs: z.number().int(),
  endedAtMs: z.number().int().nullable(),
});
export type Run = z.infer<typeof run>;

/** A keyword with who said it. */
export const ownedKeyword = z.object({ keyword: z.string(), owner });
export type OwnedKeyword = z.infer<typeof ownedKeyword>;

const ownedText = z.object({ text: z.string(), owner });
export type OwnedText = z.infer<typeof ownedText>;

export const reviewState = z.enum(['draft', 'accepted', 'edited', 'rejected']);
export type ReviewState = z.infer<typeof reviewState>;

/** The current description of an asset: what is shown and searched. Each field says who owns it. */
export const description = z.object({
  title: ownedText.nullable(),
  caption: ownedText.nullable(),
  altText: ownedText.nullable(),
  keywords: z.array(ownedKeyword),
  recognizedText: z.string().nullable(),
  /** Where it stands, as far as that is known. */
  textLines: z.array(textLine),
  objects: z.array(detectedObject),
  /** Of a video, in order of time. */
  moments: z.array(moment),
  /** True while only `built-in` has spoken: any other description replaces it without asking. */
  baseline: z.boolean(),
  reviewState,
});
export type Description = z.infer<typeof description>;

/**
 * What of a model's answer a person may want to look at: fewer keywords than asked for, another language than asked for, a
 * place named that was not known. The answer is kept as it is.
 */
export const doubt = z.enum(['few-keywords', 'other-language', 'unknown-place']);
export type Doubt = z.infer<typeof doubt>;
