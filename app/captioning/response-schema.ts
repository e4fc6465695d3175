import type { AskedField } from '../contract/models/description.ts';

const text = { type: 'string' };
const textOrNull = { type: ['string', 'null'] };
const wholeNumber = { type: 'integer' };
const number = { type: 'number' };

/** An object of the strict subset: every member required, and no others. */
export function objectOf(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { type: 'object', additionalProperties: false, properties: members, required: Object.keys(members) };
}

/** How each field is asked for. Counts and lengths are not in the schema: services ignore them (AZURE §1.8), we enforce them. */
const box = objectOf({ left: wholeNumber, top: wholeNumber, right: wholeNumber, bottom: wholeNumber });
const properties: Readonly<Record<AskedField, Readonly<Record<string, unknown>>>> = {
  title: text,
  caption: text,
  altText: text,
  // Plain strings: small models give none at all when each is an object (USERS §5).
  keywords: { type: 'array', items: text },
  recognizedText: textOrNull,
  objects: {
    type: 'array',
    items: objectOf({ label: text, box }),
  },
  // In seconds.
  moments: { type: 'array', items: objectOf({ start: number, end: number, text }) },
};

/** Where each line of the text stands. */
const textLines = { type: 'array', items: objectOf({ text, box }) };

/** Who wants the text and where things are wants to know where the text is. Of a video nobody does: frames have many places. */
export function asksForTextPlaces(fields: readonly AskedField[]): boolean {
  return fields.includes('recognizedText') && fields.includes('objects') && !fields.includes('moments');
}

/** For small models: nothing nested, one type for each, and no places in the picture (USERS §5). No text is an empty one. */
const leanProperties: typeof properties = {
  ...properties,
  recognizedText: text,
  objects: { type: 'array', items: text },
  moments: { type: 'array', items: text },
};

/**
 * The strict subset of AZURE §1.8: every property required, no others, root an object.
 *
 * @param options.isLean for small models, as people run them at home. @default false
 */
export function responseSchema(
  fields: readonly AskedField[],
  { isLean = false }: { readonly isLean?: boolean } = {},
): {
  name: string;
  schema: Record<string, unknown>;
} {
  const asked = isLean ? leanProperties : properties;
  const members = {
    ...Object.fromEntries(fields.map((field) => [field, asked[field]])),
    ...(!isLean && asksForTextPlaces(fields) && { textLines }),
  };
  return {
    name: 'photo_description',
    schema: objectOf(members),
  };
}
