/**
 * Whether an index can be called so: letters and digits with single hyphens between them, 24 at most, or a GUID. The engine has
 * the last word; this is so that a person is told while they type. Pure.
 */
export function isIndexName(name: string): boolean {
  const isGuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(name);
  return isGuid || (name.length <= 24 && /^[a-z\d]+(?:-[a-z\d]+)*$/i.test(name));
}
