/** @file The model service's way of refusing a value, in its words (AZURE §1.3, §4). */

import { modelError, Refusal } from './errors.ts';

export type JsonObject = { readonly [name: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Refuses with `invalid_type`: `expected an object, but got a string instead`. */
export function refuseType(path: string, expected: string, value: unknown): never {
  throw new Refusal(
    modelError(`Invalid type for '${path}': expected ${expected}, but got ${nameType(value)} instead.`, {
      param: path,
      code: 'invalid_type',
    }),
  );
}

export function refuseMissing(path: string): never {
  throw new Refusal(
    modelError(`Missing required parameter: '${path}'.`, { param: path, code: 'missing_required_parameter' }),
  );
}

/** Refuses with `invalid_value`, or with `code`. */
export function refuseValue(path: string, message: string, code = 'invalid_value'): never {
  throw new Refusal(modelError(message, { param: path, code }));
}

export function refuseUnknown(path: string): never {
  throw new Refusal(modelError(`Unknown parameter: '${path}'.`, { param: path, code: 'unknown_parameter' }));
}

export function checkObject(value: unknown, path: string): JsonObject {
  if (value === undefined) refuseMissing(path);
  return isObject(value) ? value : refuseType(path, 'an object', value);
}

export function checkString(value: unknown, path: string): string {
  if (value === undefined) refuseMissing(path);
  return typeof value === 'string' ? value : refuseType(path, 'a string', value);
}

export function checkOneOf<Value extends string>(
  value: unknown,
  path: string,
  allowed: readonly Value[],
): Value {
  const text = checkString(value, path);
  const found = allowed.find((one) => one === text);
  return found ?? refuseValue(path, `Invalid value: '${text}'. Supported values are: ${listOf(allowed)}.`);
}

export function checkKeys(value: JsonObject, path: string, known: readonly string[]): void {
  const stranger = Object.keys(value).find((key) => !known.includes(key));
  if (stranger !== undefined) refuseUnknown(path === '' ? stranger : `${path}.${stranger}`);
}

export function checkNumber(
  value: unknown,
  path: string,
  { min, max, integer }: { readonly min: number; readonly max: number; readonly integer: boolean },
): number {
  const kind = integer ? 'integer' : 'decimal';
  const expected = integer ? 'an integer' : 'a decimal';
  if (typeof value !== 'number') refuseType(path, expected, value);
  if (integer && !Number.isInteger(value)) refuseType(path, expected, value);
  if (value < min) {
    const message = `Invalid '${path}': ${kind} below minimum value. Expected a value >= ${min}, but got ${value} instead.`;
    refuseValue(path, message, `${kind}_below_min_value`);
  }
  if (value > max) {
    const message = `Invalid '${path}': ${kind} above maximum value. Expected a value <= ${max}, but got ${value} instead.`;
    refuseValue(path, message, `${kind}_above_max_value`);
  }
  return value;
}

function listOf(values: readonly string[]): string {
  const quoted = values.map((value) => `'${value}'`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1)}`;
}

function nameType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
