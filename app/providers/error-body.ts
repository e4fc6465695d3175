import { listOf, objectOf, omitUndefined, parseJson, textOf, wordOf } from './wire.ts';
import type { JsonObject } from './wire.ts';

/** What an error's body says, whichever of the envelopes it came in. */
export type ErrorBody = {
  /** `service` = it speaks for the API; `page` = HTML or other text, from a proxy; `empty` = nothing. */
  readonly from: 'service' | 'page' | 'empty';
  /** Lower case for comparing; services write `DeploymentNotFound` and `content_filter`. */
  readonly code?: string;
  readonly message?: string;
  readonly param?: string;
  readonly type?: string;
  /** A status inside the body, where the HTTP status is gone (in a stream). */
  readonly httpStatus?: number;
  /** As the service gave it (AZURE §3). */
  readonly contentFilter?: JsonObject;
};

/**
 * Reads an error's body: the gateway's `{error:{code,message}}`, the model service's `{error:{message,type,param,code}}`,
 * an error that is only text, an error at the top level, a web page, nothing (AZURE §4, §8).
 */
export function parseErrorBody(body: string): ErrorBody {
  const trimmed = body.trim();
  if (trimmed === '') return { from: 'empty' };
  const json = parseJson(trimmed.replace(/^data:\s*/, ''));
  const value = listOf(json)?.[0] ?? json;
  return value === undefined ? readPage(trimmed) : readError(value);
}

/** Reads an error that is parsed already: the whole body, or the `error` of a stream's event. */
export function readError(value: unknown): ErrorBody {
  const whole = objectOf(value);
  const given = whole?.['error'] ?? listOf(whole?.['errors'])?.[0] ?? value;
  const error = objectOf(given);
  const message =
    textOf(given) ??
    textOf(error?.['message']) ??
    textOf(whole?.['message']) ??
    textOf(error?.['detail']) ??
    textOf(objectOf(listOf(error?.['detail'])?.[0])?.['msg']);
  const inner = objectOf(error?.['innererror']) ?? objectOf(error?.['inner_error']);
  const code = wordOf(error?.['code']) ?? wordOf(inner?.['code']);
  const status = Number(wordOf(error?.['status']) ?? wordOf(error?.['statusCode']) ?? code);
  return omitUndefined({
    from: 'service' as const,
    code: code?.toLowerCase(),
    message,
    param: textOf(error?.['param']),
    type: textOf(error?.['type']),
    httpStatus: Number.isInteger(status) && status >= 400 && status <= 599 ? status : undefined,
    contentFilter: readFilterResults(error, inner),
  });
}

function readFilterResults(...holders: readonly (JsonObject | undefined)[]): JsonObject | undefined {
  for (const holder of holders) {
    const results =
      objectOf(holder?.['content_filter_result']) ?? objectOf(holder?.['content_filter_results']);
    if (results !== undefined) return results;
  }
  return undefined;
}

/** Of a web page only its title is of use to a person; of other text its first line. */
function readPage(text: string): ErrorBody {
  const title =
    /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1] ?? (text.startsWith('<') ? '' : text.split('\n', 1)[0]);
  const message = title?.replaceAll(/\s+/g, ' ').trim().slice(0, 200);
  return omitUndefined({ from: 'page' as const, message: message === '' ? undefined : message });
}
