import { listOf, objectOf, parseJson, textOf, type JsonObject } from './wire.ts';

/**
 * The retired enhancements of GPT-4 Turbo with Vision say where the things are that an answer speaks of: `grounding`, with spans of
 * the text and a polygon for each, in fractions of the picture (AZURE §5.1). Gateways and archives still give that shape, so it is
 * taken wherever it comes.
 */

/** A thing that an answer speaks of, in the shape in which models name objects. */
type GroundedObject = { readonly label: string; readonly polygon: readonly unknown[] };

/**
 * An answer's text with what its enhancements say of places: as the `objects` of its JSON, unless the model gave places of its own
 * there; of prose as caption and objects.
 *
 * @param raw the body that the text came in
 */
export function withGrounding(text: string, raw: string): string {
  // Most answers have none, and need not be read twice.
  if (!raw.includes('"enhancements"')) return text;
  const objects = readGrounding(parseJson(raw));
  if (objects.length === 0) return text;
  const said = objectOf(parseJson(text));
  if (said === undefined) return JSON.stringify({ caption: text, objects });
  return hasPlaces(said) ? text : JSON.stringify({ ...said, objects });
}

function readGrounding(body: unknown): GroundedObject[] {
  const choices = listOf(objectOf(body)?.['choices']) ?? [];
  return choices.flatMap((choice) => {
    const holder = objectOf(choice);
    const enhancements =
      objectOf(holder?.['enhancements']) ?? objectOf(objectOf(holder?.['message'])?.['enhancements']);
    const lines = listOf(objectOf(enhancements?.['grounding'])?.['lines']) ?? [];
    return lines.flatMap((line) => spansOf(objectOf(line)));
  });
}

function spansOf(line: JsonObject | undefined): GroundedObject[] {
  const spans = listOf(line?.['spans']) ?? [];
  return spans.flatMap((item) => {
    const span = objectOf(item);
    const polygon = listOf(span?.['polygon']);
    const name = textOf(span?.['text']) ?? cut(textOf(line?.['text']) ?? '', span);
    const label = name.replace(/^(?:an?|the)\s+/i, '').trim();
    return polygon === undefined || label === '' ? [] : [{ label, polygon }];
  });
}

/** Offsets and lengths count code points, not the units of a JavaScript string. */
function cut(text: string, span: JsonObject | undefined): string {
  const { offset, length } = { offset: span?.['offset'], length: span?.['length'] };
  if (typeof offset !== 'number' || typeof length !== 'number') return '';
  return Array.from(text)
    .slice(offset, offset + length)
    .join('');
}

function hasPlaces(said: JsonObject): boolean {
  const objects = listOf(said['objects']) ?? [];
  return objects.some((object) => {
    const names = Object.keys(objectOf(object) ?? {});
    return names.some((name) => /box|polygon/i.test(name));
  });
}
