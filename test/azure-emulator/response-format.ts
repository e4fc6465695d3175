/** @file `response_format`, and the strict subset of JSON Schema that structured outputs take (AZURE §1.8). */

import { checkKeys, checkObject, checkOneOf, checkString, isArray, isObject, refuseValue } from './checks.ts';
import type { JsonObject } from './checks.ts';
import { modelError, Refusal } from './errors.ts';
import type { Persona } from './personas.ts';

export type ResponseFormat =
  | { readonly kind: 'text' }
  | { readonly kind: 'json-object' }
  | { readonly kind: 'json-schema'; readonly schema: JsonObject };

const mostProperties = 100;
const mostLevels = 5;

/** Keywords that the service does not take in strict mode, by AZURE §1.8; it would ignore or refuse them. */
const unsupportedKeywords = new Set([
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'multipleOf',
  'patternProperties',
  'unevaluatedProperties',
  'propertyNames',
  'minProperties',
  'maxProperties',
  'unevaluatedItems',
  'contains',
  'minContains',
  'maxContains',
  'minItems',
  'maxItems',
  'uniqueItems',
]);

export function checkResponseFormat(
  value: unknown,
  {
    persona,
    allText,
    hasImages,
    apiVersion,
  }: {
    readonly persona: Persona;
    readonly allText: string;
    readonly hasImages: boolean;
    /** `undefined` where the form has no dated version. */
    readonly apiVersion: string | undefined;
  },
): ResponseFormat {
  if (value === undefined) return { kind: 'text' };
  const format = checkObject(value, 'response_format');
  const type = checkOneOf(format['type'], 'response_format.type', ['text', 'json_object', 'json_schema']);
  if (type === 'text') {
    checkKeys(format, 'response_format', ['type']);
    return { kind: 'text' };
  }
  if (hasImages && !persona.hasJsonModeWithImages) {
    refuseValue(
      'response_format',
      `Invalid parameter: 'response_format' of type '${type}' is not supported with image input on this model.`,
    );
  }
  if (type === 'json_object') {
    checkKeys(format, 'response_format', ['type']);
    if (/json/i.test(allText)) return { kind: 'json-object' };
    const message =
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.";
    throw new Refusal(modelError(message, { param: 'messages' }));
  }
  if (!persona.hasStructuredOutput) {
    const message =
      "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model. Learn more about supported models at the Structured Outputs guide: https://platform.openai.com/docs/guides/structured-outputs";
    throw new Refusal(modelError(message, { param: 'response_format' }));
  }
  if (apiVersion !== undefined && apiVersion < '2024-08-01') {
    throw new Refusal(
      modelError(
        'response_format value as json_schema is enabled only for api versions 2024-08-01-preview and later',
        { param: 'response_format' },
      ),
    );
  }
  checkKeys(format, 'response_format', ['type', 'json_schema']);
  return { kind: 'json-schema', schema: checkJsonSchema(format['json_schema']) };
}

function checkJsonSchema(value: unknown): JsonObject {
  const path = 'response_format.json_schema';
  const wrapper = checkObject(value, path);
  checkKeys(wrapper, path, ['name', 'description', 'schema', 'strict']);
  const name = checkString(wrapper['name'], `${path}.name`);
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(name)) {
    refuseValue(
      `${path}.name`,
      `Invalid '${path}.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`,
    );
  }
  const schema = checkObject(wrapper['schema'], `${path}.schema`);
  if (wrapper['strict'] === true) new StrictSchema(name, schema).check();
  return schema;
}

/** One walk over one schema; counts the properties of all its objects. */
class StrictSchema {
  readonly #name: string;
  readonly #schema: JsonObject;
  #properties = 0;

  constructor(name: string, schema: JsonObject) {
    this.#name = name;
    this.#schema = schema;
  }

  check(): void {
    if (this.#schema['type'] !== 'object') {
      this.#refuse(
        [],
        `schema must be a JSON Schema of 'type: "object"', got 'type: ${JSON.stringify(this.#schema['type'] ?? 'None')}'.`,
      );
    }
    if ('anyOf' in this.#schema) this.#refuse([], "'anyOf' is not permitted at the root.");
    this.#walk(this.#schema, [], 1);
    if (this.#properties > mostProperties) {
      this.#refuse(
        [],
        `expected at most ${mostProperties} properties in total, but got ${this.#properties}.`,
      );
    }
  }

  #walk(schema: unknown, path: readonly string[], level: number): void {
    if (!isObject(schema)) this.#refuse(path, 'schema must be an object.');
    const keyword = Object.keys(schema).find((key) => unsupportedKeywords.has(key));
    if (keyword !== undefined) this.#refuse(path, `'${keyword}' is not permitted.`);
    const hasKind = ['type', 'anyOf', '$ref', 'enum', 'const'].some((key) => key in schema);
    if (!hasKind) this.#refuse(path, "schema must have a 'type' key.");
    if (level > mostLevels && isContainer(schema)) {
      this.#refuse(path, `nesting of objects and arrays exceeds ${mostLevels} levels.`);
    }
    this.#walkObject(schema, path, level);
    this.#walkParts(schema, path, level);
  }

  #walkObject(schema: JsonObject, path: readonly string[], level: number): void {
    if (!typesOf(schema).includes('object')) return;
    if (schema['additionalProperties'] !== false) {
      this.#refuse(path, "'additionalProperties' is required to be supplied and to be false.");
    }
    const properties = isObject(schema['properties']) ? schema['properties'] : {};
    const names = Object.keys(properties);
    this.#properties += names.length;
    const required = isArray(schema['required']) ? schema['required'] : [];
    const missing = names.find((name) => !required.includes(name));
    if (missing !== undefined) {
      this.#refuse(
        path,
        `'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`,
      );
    }
    const extra = required.find((name) => typeof name !== 'string' || !names.includes(name));
    if (extra !== undefined) this.#refuse(path, `Extra required key '${JSON.stringify(extra)}' supplied.`);
    for (const name of names) this.#walk(properties[name], [...path, 'properties', name], level + 1);
  }

  #walkParts(schema: JsonObject, path: readonly string[], level: number): void {
    if (typesOf(schema).includes('array')) {
      if (!('items' in schema)) this.#refuse(path, 'array schema missing items.');
      this.#walk(schema['items'], [...path, 'items'], level + 1);
    }
    if (isArray(schema['anyOf'])) {
      for (const [index, part] of schema['anyOf'].entries()) {
        this.#walk(part, [...path, 'anyOf', String(index)], level);
      }
    }
    if (isObject(schema['$defs'])) {
      for (const [name, part] of Object.entries(schema['$defs'])) {
        this.#walk(part, [...path, '$defs', name], level);
      }
    }
    const reference = schema['$ref'];
    if (typeof reference === 'string' && findReference(this.#schema, reference) === undefined) {
      this.#refuse(path, `reference '${reference}' can not be resolved.`);
    }
  }

  #refuse(path: readonly string[], problem: string): never {
    const context = path.map((part) => `'${part}'`).join(', ');
    throw new Refusal(
      modelError(`Invalid schema for response_format '${this.#name}': In context=(${context}), ${problem}`, {
        param: 'response_format',
        code: null,
      }),
    );
  }
}

function isContainer(schema: JsonObject): boolean {
  return typesOf(schema).some((type) => type === 'object' || type === 'array');
}

export function typesOf(schema: JsonObject): readonly unknown[] {
  const type = schema['type'];
  return isArray(type) ? type : [type];
}

/** `#`, or `#/$defs/name`. */
export function findReference(root: JsonObject, reference: string): JsonObject | undefined {
  if (reference === '#') return root;
  const name = /^#\/\$defs\/([^/]+)$/.exec(reference)?.[1];
  const definitions = root['$defs'];
  const found = name !== undefined && isObject(definitions) ? definitions[name] : undefined;
  return isObject(found) ? found : undefined;
}
