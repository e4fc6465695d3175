import { systemCode } from '../platform/errors.ts';
import type { ProviderOutcome } from './provider.ts';

export type TransportOutcome = Extract<
  ProviderOutcome,
  { readonly status: 'unreachable' | 'unanswered' | 'blocked' }
>;

export type TransportContext = {
  /** For the person's sentence; never with a path or a query. */
  readonly host: string;
  /** The job's signal, and our own clock's. */
  readonly canceled: boolean;
  readonly timedOut: boolean;
  /** What had arrived before it broke. */
  readonly raw?: string;
};

/** No connection came about, so nothing was sent and nothing can have been charged. */
const neverConnectedCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_NODATA',
  'EAI_NONAME',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const timeoutCodes = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/** OpenSSL's verdicts as Node names them; `ERR_TLS_CERT_ALTNAME_INVALID` is Node's own. */
const certificateCodes =
  /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(GET_ISSUER|VERIFY_LEAF|GET_CRL|DECRYPT|DECODE)|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;

/**
 * What a failed exchange means: canceled, timed out, never connected (nobody's fault, costs nothing), a certificate that a
 * person has to look at, or cut off after sending, which may have been charged (DESIGN §5). When in doubt, it was sent.
 */
export function toTransportOutcome(error: unknown, context: TransportContext): TransportOutcome {
  const { host, raw } = context;
  const unanswered = (
    code: 'canceled' | 'provider-timeout' | 'provider-cut-off',
    reason?: string,
  ): TransportOutcome => ({
    status: 'unanswered',
    code,
    details: { host, ...(reason === undefined ? {} : { reason }) },
    ...(raw === undefined || raw === '' ? {} : { raw }),
  });
  const blocked = (reason: string): TransportOutcome => ({
    status: 'blocked',
    code: 'provider-misconfigured',
    details: { host, reason },
  });

  if (context.canceled) return unanswered('canceled');
  if (context.timedOut) return unanswered('provider-timeout');
  const causes = listCauses(error);
  if (isNotHttp(causes, raw)) return blocked(`What answers at ${host} does not speak HTTP.`);
  // Fetch never speaks to the ports of mail and the like, and has no code for it.
  if (causes.some((candidate) => 'message' in candidate && candidate.message === 'bad port')) {
    return blocked(`The port of ${host} is reserved for something else than HTTP.`);
  }
  const cause = causes.findLast((candidate) => systemCode(candidate) !== undefined);
  const code = systemCode(cause);
  if (cause === undefined || code === undefined) return unanswered('provider-cut-off');
  if (neverConnectedCodes.has(code) || isBeforeSending(cause, code)) {
    return { status: 'unreachable', details: { host, reason: code } };
  }
  if (timeoutCodes.has(code)) return unanswered('provider-timeout');
  if (certificateCodes.test(code)) return blocked(`The certificate of ${host} is not trusted (${code}).`);
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') {
    return blocked(`${host} does not speak https there (${code}).`);
  }
  return unanswered('provider-cut-off', code);
}

/** Timeouts, refusals and resets that happened while connecting or while agreeing on TLS. */
function isBeforeSending(cause: object, code: string): boolean {
  if ('syscall' in cause && cause.syscall === 'connect') return true;
  // Node: "Client network socket disconnected before secure TLS connection was established". Only that reset names the
  // host and no system call.
  return code === 'ECONNRESET' && !('syscall' in cause) && 'host' in cause;
}

/** First bytes that are no HTTP. Later ones may be garbled on the way, and that is no matter of settings. */
function isNotHttp(errors: readonly object[], raw: string | undefined): boolean {
  if (raw !== undefined && raw !== '') return false;
  return errors.some((error) => {
    const code = systemCode(error);
    const isParserError = 'name' in error && error.name === 'HTTPParserError';
    return isParserError && (code === undefined || code === 'HPE_INVALID_CONSTANT');
  });
}

/**
 * The error and its causes, outermost first: the client and fetch each wrap theirs around the system's. Of the attempts at
 * a host with several addresses (`AggregateError`) the first speaks for all.
 */
function listCauses(error: unknown): readonly object[] {
  const causes: object[] = [];
  let current = error;
  // Eight is deeper than any client wraps, and ends a cycle.
  while (typeof current === 'object' && current !== null && causes.length < 8) {
    causes.push(current);
    const [first] = 'errors' in current && Array.isArray(current.errors) ? (current.errors as unknown[]) : []; // why: an array of anything
    current = ('cause' in current ? current.cause : undefined) ?? first;
  }
  return causes;
}
