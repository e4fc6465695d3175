import { Refusal } from '../errors.ts';

export type Json = Readonly<Record<string, unknown>>;

/** `{"error":{"code","message","target","details":[],"innererror"}}`, as video retrieval says it. */
export function refuse(httpStatus: number, code: string, message: string, target?: string): never {
  const innererror = { code, message };
  throw new Refusal({
    httpStatus,
    body: { error: { code, message, ...(target === undefined ? {} : { target }), details: [], innererror } },
  });
}

export function badRequest(message: string, target?: string): never {
  refuse(400, 'InvalidRequest', message, target);
}

/** An object with no other properties than these. */
export function objectAt(value: unknown, target: string, known: readonly string[]): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    badRequest(`'${target}' must be an object.`, target);
  }
  const object = value as Json; // why: a non-null object that is no array
  const strange = Object.keys(object).find((name) => !known.includes(name));
  if (strange !== undefined) badRequest(`Unknown property '${strange}' in '${target}'.`, strange);
  return object;
}

export function listAt(value: unknown, target: string): readonly unknown[] {
  if (!Array.isArray(value)) badRequest(`'${target}' must be a list.`, target);
  return value;
}

export function textAt(value: unknown, target: string): string {
  if (typeof value !== 'string' || value === '') badRequest(`'${target}' must be a text.`, target);
  return value;
}

export function oneOf<Word extends string>(value: unknown, target: string, words: readonly Word[]): Word {
  return (
    words.find((word) => word === value) ??
    badRequest(`'${target}' must be one of ${words.join(', ')}, not '${String(value)}'.`, target)
  );
}

export function flagAt(value: unknown, target: string): boolean {
  if (value !== undefined && typeof value !== 'boolean') {
    badRequest(`'${target}' must be true or false.`, target);
  }
  return value === true;
}

/** A date, or a date and a time. */
export function dateAt(value: unknown, target: string): number {
  const text = textAt(value, target);
  const form = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/;
  const atMs = Date.parse(
    /[Z+]|-\d\d:\d\d$/.test(text.slice(10))
      ? text
      : `${text.replace(' ', 'T')}${text.length > 10 ? 'Z' : ''}`,
  );
  if (!form.test(text) || Number.isNaN(atMs)) badRequest(`'${target}' is no date: '${text}'.`, target);
  return atMs;
}
