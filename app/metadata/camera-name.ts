import { textLimits, toText } from './text-facts.ts';

/** Names as their makers write them today; the pattern is tried on what the file says. */
const makers: readonly (readonly [RegExp, string])[] = [
  [/^nikon\b/iu, 'Nikon'],
  [/^canon\b/iu, 'Canon'],
  [/^(eastman )?kodak\b/iu, 'Kodak'],
  [/^(olympus|om digital)\b/iu, 'Olympus'],
  [/^fuji/iu, 'Fujifilm'],
  [/^konica[ -]?minolta\b/iu, 'Konica Minolta'],
  [/^minolta\b/iu, 'Minolta'],
  [/^(pentax|asahi)\b/iu, 'Pentax'],
  [/^ricoh\b/iu, 'Ricoh'],
  [/^sony ?ericsson/iu, 'Sony Ericsson'],
  [/^sony\b/iu, 'Sony'],
  [/^casio\b/iu, 'Casio'],
  [/^(panasonic|matsushita)\b/iu, 'Panasonic'],
  [/^(hewlett[- ]?packard|hp)\b/iu, 'HP'],
  [/^samsung\b/iu, 'Samsung'],
  [/^leica\b/iu, 'Leica'],
  [/^apple\b/iu, 'Apple'],
  [/^(seiko )?epson\b/iu, 'Epson'],
  [/^motorola\b/iu, 'Motorola'],
  [/^(lge?|lg electronics)\b/iu, 'LG'],
  [/^huawei\b/iu, 'Huawei'],
  [/^xiaomi\b/iu, 'Xiaomi'],
  [/^oneplus\b/iu, 'OnePlus'],
  [/^sanyo\b/iu, 'Sanyo'],
  [/^(hasselblad|victor hasselblad)\b/iu, 'Hasselblad'],
  [/^phase one\b/iu, 'Phase One'],
  [/^sigma\b/iu, 'Sigma'],
  [/^nokia\b/iu, 'Nokia'],
  [/^google\b/iu, 'Google'],
  [/^gopro\b/iu, 'GoPro'],
  [/^dji\b/iu, 'DJI'],
  [/^reconyx\b/iu, 'Reconyx'],
];
const companyForms =
  /[\s,]+(corporation|corp|co|company|ltd|limited|inc|gmbh|ag|electronics|technologies|systems)\b\.?/giu;
const modelNoise = /\s*(\(V\d[\d.]*\)|(zoom )?digital (still )?camera)\s*$/giu;

/** The maker's short name: `NIKON CORPORATION` is Nikon. */
export function toCameraMake(value: unknown): string | undefined {
  const text = toName(value);
  if (text === undefined) return undefined;
  const known = makers.find(([pattern]) => pattern.test(text));
  if (known !== undefined) return known[1];
  const short = text.replaceAll(companyForms, '').trim();
  return short === '' ? text : short;
}

/** The model without its maker in front: `NIKON D40` by Nikon is D40, `Canon PowerShot A20` by Canon is PowerShot A20. */
export function toCameraModel(value: unknown, make: string | undefined): string | undefined {
  const text = toName(value);
  if (text === undefined) return undefined;
  const plain = text.replaceAll(modelNoise, '');
  const words = make === undefined ? '' : make.toLowerCase();
  const short =
    words !== '' && plain.toLowerCase().startsWith(`${words} `) ? plain.slice(words.length).trim() : plain;
  return short === '' ? text : short;
}

const emptyLenses = /^([-\s.?0]*|unknown.*|n\/a|none|no lens|manual lens.*|0(\.0)? ?mm f\/0(\.0)?|\d+)$/iu;

/** A lens as the file names it; cameras without one, or with one they do not know, write a placeholder. */
export function toLens(value: unknown): string | undefined {
  const text = toName(value);
  return text === undefined || emptyLenses.test(text) ? undefined : text;
}

function toName(value: unknown): string | undefined {
  return toText(value, textLimits.name)?.replaceAll(/\s+/gu, ' ');
}
