/**
 * The closed list of things that can go wrong, as they cross the port. Each code has a sentence for people
 * in `messages/`: what happened and what to do. Engine messages are for logs only.
 */
export const errorCodes = [
  // The caller
  'invalid-input',
  'not-found',
  'conflict',
  'canceled',
  'consent-needed',
  // The library
  'library-in-use',
  'library-damaged',
  'library-unavailable',
  'schema-too-new',
  'disk-full',
  'read-only',
  'root-offline',
  'watch-limit',
  // One file
  'file-missing',
  'file-unreadable',
  'file-empty',
  'file-changing',
  'file-damaged',
  'not-an-image',
  'not-a-photo',
  'sidecar',
  'unsupported-format',
  'no-preview',
  'image-too-large',
  'cloud-placeholder',
  'decoder-crashed',
  'decoder-timeout',
  'no-video-decoder',
  'no-frames',
  // Pictures by their address
  'web-private',
  'web-unreachable',
  'web-no-picture',
  'web-too-large',
  // Videos in an index
  'retrieval-missing',
  'sas-expired',
  'upload-refused',
  'video-not-indexed',
  // Money
  'budget-exceeded',
  'price-unknown',
  // Who answers
  'provider-unauthorized',
  'provider-forbidden',
  'provider-deployment-not-found',
  'provider-not-found',
  'provider-no-vision',
  'no-questions',
  'too-many-photos',
  'provider-misconfigured',
  'entra-sign-in-needed',
  'provider-rate-limited',
  'provider-unavailable',
  'provider-unreachable',
  'provider-cut-off',
  'provider-timeout',
  'provider-bad-request',
  'provider-bad-response',
  'provider-image-refused',
  'provider-request-too-large',
  'content-filtered',
  'refused',
  'answer-truncated',
  'answer-empty',
  'answer-lost',
  'privacy',
  'excluded',
  // Ourselves
  'engine-closed',
  'engine-crashed',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Facts that a sentence may need: a path, a number of seconds, a category. Never a key, a token or a query string. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | undefined>>;

/** An error as it crosses the port: a code and the facts for its sentence. */
export type ErrorInfo = { readonly code: ErrorCode; readonly details: ErrorDetails };
