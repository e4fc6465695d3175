/** Makers as they write themselves in Exif, by how they begin, and as people write them. */
const makers: readonly (readonly [RegExp, string])[] = [
  [/^nikon/i, 'Nikon'],
  [/^canon/i, 'Canon'],
  [/^sony ?ericsson/i, 'Sony Ericsson'],
  [/^sony/i, 'Sony'],
  [/^olympus/i, 'Olympus'],
  [/^(eastman )?kodak/i, 'Kodak'],
  [/^fuji ?(film|photo)/i, 'Fujifilm'],
  [/^(asahi )?pentax/i, 'Pentax'],
  [/^ricoh/i, 'Ricoh'],
  [/^panasonic/i, 'Panasonic'],
  [/^leica/i, 'Leica'],
  [/^samsung/i, 'Samsung'],
  [/^apple/i, 'Apple'],
  [/^casio/i, 'Casio'],
  [/^konica minolta/i, 'Konica Minolta'],
  [/^minolta/i, 'Minolta'],
  [/^hewlett[- ]packard/i, 'HP'],
  [/^seiko epson/i, 'Epson'],
  [/^epson/i, 'Epson'],
  [/^sigma/i, 'Sigma'],
  [/^hasselblad/i, 'Hasselblad'],
  [/^nokia/i, 'Nokia'],
  [/^huawei/i, 'Huawei'],
  [/^xiaomi/i, 'Xiaomi'],
  [/^motorola/i, 'Motorola'],
  [/^google/i, 'Google'],
  [/^gopro/i, 'GoPro'],
  [/^dji/i, 'DJI'],
];

/** What companies put behind their name. */
const companyWords =
  /[\s,]+(corporation|corp|company|co|ltd|limited|inc|ag|gmbh|imaging|optical|electronics|electric|mobile|techwin|computer|digital cameras?)\b\.?/gi;

/**
 * A camera as people name it: `NIKON CORPORATION` + `NIKON D40` is `Nikon D40`, `Canon` + `Canon EOS 20D` is
 * `Canon EOS 20D`, `Apple` + `iPhone 4` is `Apple iPhone 4`. `undefined` when the file names neither.
 */
export function toCameraName(make: string | undefined, model: string | undefined): string | undefined {
  const maker = toMakerName(tidy(make));
  // Not part of the name: what kind of thing it is, and its firmware.
  const name = tidy(model)?.replace(/\s+((zoom )?digital( still)? camera|\(V[\d.]+\))$/i, '');
  if (name === undefined || name === '') return maker;

  // A model often begins with a maker's name: its own, or that of the brand that was bought (Ricoh's `PENTAX K-1`).
  const named = makers.find(([pattern]) => pattern.test(name));
  if (named !== undefined) return `${named[1]} ${name.replace(named[0], '').replace(/^[\s-]+/, '')}`.trim();
  if (maker === undefined || name.toLowerCase().startsWith(maker.toLowerCase())) return name;
  return `${maker} ${name}`;
}

function toMakerName(make: string | undefined): string | undefined {
  if (make === undefined) return undefined;
  const known = makers.find(([pattern]) => pattern.test(make));
  return known?.[1] ?? (make.replaceAll(companyWords, '').replaceAll(/[\s,.]+$/g, '') || make);
}

/** Without the padding that cameras add, and `undefined` for a name that holds no letter or digit. */
function tidy(text: string | undefined): string | undefined {
  const tidied = text?.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return tidied !== undefined && /[\p{L}\p{N}]/u.test(tidied) ? tidied : undefined;
}
