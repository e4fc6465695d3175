import { readLooseJson } from './loose-json.ts';

export type JsonRecord = Readonly<Record<string, unknown>>;

/** Where an object may begin. More braces than that are no answer with an object in it. */
const mostBeginnings = 20;

/**
 * The text of the JSON object in a model's answer, repaired where that is safe: out of a Markdown fence or the text around
 * it, without commas too many, in double quotes, and closed where it was cut off. Valid JSON comes back as it is.
 *
 * @param isEnough whether an object that was cut off has everything that is needed; else it is not repaired
 * @returns `undefined` when there is none
 */
export function repairJson(text: string, isEnough: (object: JsonRecord) => boolean): string | undefined {
  if (isJson(text)) return text;
  let start = text.indexOf('{');
  for (let count = 0; start !== -1 && count < mostBeginnings; count += 1) {
    const found = readLooseJson(text, start);
    const object = toRecord(found?.value);
    if (found !== undefined && object !== undefined && Object.keys(object).length > 0) {
      // What was cut is all there is; an object that was not is taken at its word.
      if (!found.isCut || isEnough(object)) return JSON.stringify(object);
      return undefined;
    }
    start = text.indexOf('{', start + 1);
  }
  return undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // why: that is the question
  }
}

/** The object of an answer; some models wrap it in a list of one, or in another object, under the schema's name. */
export function findJsonObject(
  text: string,
  isEnough: (object: JsonRecord) => boolean,
): JsonRecord | undefined {
  const repaired = repairJson(text, (object) => isEnough(unwrap(object) ?? object));
  return repaired === undefined ? undefined : unwrap(JSON.parse(repaired));
}

function unwrap(value: unknown): JsonRecord | undefined {
  const object = toRecord(Array.isArray(value) && value.length === 1 ? value[0] : value);
  const inner = object === undefined ? [] : Object.values(object);
  return inner.length === 1 ? (toRecord(inner[0]) ?? object) : object;
}

function toRecord(value: unknown): JsonRecord | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return value as JsonRecord; // why: a non-null object that is no array; each property is `unknown`
}
