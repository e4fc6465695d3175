import { cameraName } from '../contract/camera-name.ts';
import type { Facts } from '../contract/models/asset.ts';
import type { KeywordRules } from '../contract/models/prompt.ts';
import { keywordKey } from './keyword-key.ts';

/** What a photo's own data say, against which a model's keywords are held. */
export type KeywordContext = {
  /** Keywords that stand in the file, and the person's vocabulary: their spelling is used, and they are never dropped. */
  readonly own: readonly string[];
  readonly camera: Pick<Facts, 'cameraMake' | 'cameraModel' | 'lens'>;
};

/** IPTC IIM's limit for one keyword. */
const longestKeyword = 64;
/** More words than this are a sentence. */
const mostWords = 5;

/**
 * A model's keywords as they are kept: without numbering, hashtags and bullets, each once (letter case apart), in their
 * order, at most `rules.max`; without what the camera wrote anyway (USERS §5: echoed Exif becomes junk keywords). Where
 * only single words are asked for, phrases go: cut into words they would say something else ("ferris wheel").
 */
export function applyKeywordRules(
  keywords: readonly string[],
  rules: KeywordRules,
  { own, camera }: KeywordContext,
): string[] {
  const ownSpelling = new Map(own.map((keyword) => [keywordKey(cleanKeyword(keyword)), keyword.trim()]));
  const seen = new Set<string>();
  const kept: { readonly keyword: string; readonly isOwn: boolean }[] = [];
  for (const term of keywords.flatMap((keyword) => splitPath(keyword, ownSpelling))) {
    const cleaned = lowerShouting(cleanKeyword(term));
    const key = keywordKey(cleaned);
    if (key === '' || seen.has(key)) continue;
    const spelling = ownSpelling.get(key);
    if (spelling === undefined && (!isFit(cleaned, rules) || isEcho(key, camera))) continue;
    seen.add(key);
    kept.push({ keyword: spelling ?? cleaned, isOwn: spelling !== undefined });
  }
  let room = rules.max - kept.filter(({ isOwn }) => isOwn).length;
  return kept.flatMap(({ keyword, isOwn }) => {
    if (isOwn) return [keyword];
    room -= 1;
    return room >= 0 ? [keyword] : [];
  });
}

/** `animal > bird` is two keywords; a path that the person uses is theirs. */
function splitPath(keyword: string, own: ReadonlyMap<string, string>): string[] {
  if (own.has(keywordKey(cleanKeyword(keyword)))) return [keyword];
  return keyword.split(/\s*[|>]\s*/u);
}

function cleanKeyword(keyword: string): string {
  return keyword
    .normalize('NFC')
    .replaceAll(/\s+/gu, ' ')
    .replace(/^(?:[#\-*•"'\s]|\d{1,3}[.)]\s)+/u, '')
    .replace(/[.,;:"'\s]+$/u, '');
}

/** Shouted words are spoken again; abbreviations (UNESCO, NASA) are as short as they are. */
function lowerShouting(keyword: string): string {
  return /^[\p{Lu}\s-]{7,}$/u.test(keyword) ? keyword.toLocaleLowerCase('en') : keyword;
}

function isFit(keyword: string, { form }: KeywordRules): boolean {
  // Numbers alone are a list's numbering (USERS §2.7).
  if (keyword.length > longestKeyword || /^\d{1,3}$/u.test(keyword)) return false;
  const words = keyword.split(' ').length;
  return form === 'words' ? words === 1 : words <= mostWords;
}

/** Settings, sizes, coordinates and the names of the fields that hold them. */
const echoes: readonly RegExp[] = [
  /^f ?\/ ?\d+(?:[.,]\d+)?$/u,
  /^1\/\d+ ?(?:s|sec|seconds?)?$/u,
  /^iso[ -]?\d*$/u,
  /^\d+(?:[.,]\d+)? ?mm(?: lens| focal length)?$/u,
  /^\d+(?:[.,]\d+)? ?(?:mp|megapixels?)$/u,
  /^\d{3,5} ?[x×] ?\d{3,5}(?: ?px| ?pixels)?$/u,
  /^[-+]?\d{1,3}\.\d{3,}(?:[°, ].*)?$/u,
  /^\d{1,3}°/u,
  /^(?:exif|exif data|metadata|gps|gps coordinates|shutter speed|focal length|aperture|camera settings|exposure time)$/u,
];

/** Makers whose names are also things that are photographed. */
const alsoThings = new Set(['apple']);

/** @param key as `keywordKey` gives it */
function isEcho(key: string, camera: KeywordContext['camera']): boolean {
  if (echoes.some((echo) => echo.test(key))) return true;
  const names = [cameraName(camera), camera.cameraModel, camera.cameraMake, camera.lens].flatMap((name) =>
    name === undefined ? [] : [keywordKey(name)],
  );
  if (names.some((name) => name === key && !alsoThings.has(name))) return true;
  const model = camera.cameraModel === undefined ? '' : keywordKey(camera.cameraModel);
  // "shot on Nikon D40": a model's name with a digit is no other word.
  return /\d/u.test(model) && model.length > 2 && ` ${key} `.includes(` ${model} `);
}
