/** The rules of AZURE §6, written down once more, from outside. */

/** Letters and digits with single hyphens between them, 24 at most; or a GUID. */
export function isGoodIndexName(name: string): boolean {
  const parts = name.split('-');
  const isPlain = parts.every((part) => part.length > 0 && Array.from(part).every(isAlphanumeric));
  if (!isPlain) return false;
  if (name.length <= 24) return true;
  return parts.map(({ length }) => length).join() === '8,4,4,4,12' && /^[\da-f-]+$/i.test(name);
}

function isAlphanumeric(character: string): boolean {
  const code = character.toLowerCase().codePointAt(0) ?? 0;
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 122);
}
