/** What can stand before the colon. A new filter begins here; its SQL is in `condition-store.ts`. */

/** Fields that hold words, each a column of the index. */
export const textFields = {
  title: 'title',
  caption: 'caption',
  alt: 'alt_text',
  keyword: 'keywords',
  text: 'recognized_text',
  place: 'place',
  camera: 'camera',
  lens: 'lens',
  name: 'file_name',
  folder: 'folders',
} as const;
export type TextField = keyof typeof textFields;

/** Fields with an order. `date`, `year` and `month` are the camera's wall clock. */
export const orderedFields = [
  'rating',
  'date',
  'year',
  'month',
  'iso',
  'aperture',
  'focal',
  'width',
  'height',
  'megapixels',
  'duration',
] as const;
export type OrderedField = (typeof orderedFields)[number];

/** Fields with one value at a time; a list where only those values mean something. */
export const choiceFields = {
  is: [
    'described',
    'undescribed',
    'baseline',
    'duplicate',
    'near-duplicate',
    'burst',
    'missing',
    'offline',
    'failed',
    'problem',
    'unsupported',
    'excluded',
    'doubtful',
    'damaged',
    'monochrome',
    'video',
  ],
  has: ['title', 'caption', 'alt', 'keywords', 'gps', 'date', 'text', 'rating'],
  shape: ['landscape', 'portrait', 'square', 'panorama'],
  kind: ['photo', 'video'],
  review: ['draft', 'accepted', 'edited', 'rejected'],
  by: null,
  color: null,
  format: null,
  in: null,
  label: null,
  model: null,
  prompt: null,
  object: null,
  run: null,
  path: null,
  similar: null,
} as const satisfies Record<string, readonly string[] | null>;
export type ChoiceField = keyof typeof choiceFields;

export type Field = TextField | OrderedField | ChoiceField;

/** Other names that people type. */
const aliases: Readonly<Record<string, Field>> = {
  kw: 'keyword',
  keywords: 'keyword',
  tag: 'keyword',
  country: 'place',
  city: 'place',
  location: 'place',
  type: 'format',
  filename: 'name',
  f: 'aperture',
  mp: 'megapixels',
  length: 'duration',
  colour: 'color',
  like: 'similar',
};

/** Other values that people type. */
const valueAliases: Readonly<Partial<Record<ChoiceField, Readonly<Record<string, string>>>>> = {
  format: { jpg: 'jpeg', jpe: 'jpeg', tif: 'tiff', heif: 'heic' },
  color: { gray: 'grey' },
  is: {
    'near-duplicates': 'near-duplicate',
    duplicates: 'duplicate',
    videos: 'video',
    failure: 'failed',
    failures: 'failed',
  },
  has: { keyword: 'keywords', kw: 'keywords', location: 'gps' },
  by: { builtin: 'built-in', azure: 'azure-openai', vision: 'azure-vision' },
};

const fieldNames = new Set<string>([
  ...Object.keys(textFields),
  ...orderedFields,
  ...Object.keys(choiceFields),
]);

/** The field of a typed name, in any case; `undefined` when there is none. */
export function findField(name: string): Field | undefined {
  const lower = name.toLowerCase();
  if (fieldNames.has(lower)) return lower as Field; // why: the set holds the names of fields only
  return Object.hasOwn(aliases, lower) ? aliases[lower] : undefined;
}

export function isTextField(field: Field): field is TextField {
  return Object.hasOwn(textFields, field);
}

export function isChoiceField(field: Field): field is ChoiceField {
  return Object.hasOwn(choiceFields, field);
}

/** The value as it is stored in a query; `undefined` when the field has no such value. */
export function toChoice(field: ChoiceField, typed: string): string | undefined {
  const trimmed = typed.trim();
  if (trimmed === '') return undefined;
  const lower = trimmed.toLowerCase();
  const known = valueAliases[field];
  if (known !== undefined && Object.hasOwn(known, lower)) return known[lower];
  const allowed: readonly string[] | null = choiceFields[field];
  if (allowed !== null) return allowed.includes(lower) ? lower : undefined;
  if (field === 'run') return /^[1-9]\d{0,14}$/.test(trimmed) ? trimmed : undefined;
  return field === 'color' || field === 'format' ? lower : trimmed;
}

/** What can be typed before the colon, in order; other names for the same are left out. */
export function listFieldNames(): string[] {
  return [...fieldNames].toSorted();
}

/** Values that a field may have; `undefined` where all may stand. */
export function listChoices(field: Field): readonly string[] | undefined {
  return isChoiceField(field) ? (choiceFields[field] ?? undefined) : undefined;
}
