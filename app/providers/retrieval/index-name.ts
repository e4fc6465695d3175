const mostChars = 24;
const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Whether the service takes it as the name of an index (AZURE §6): letters and digits of ASCII, single hyphens between them,
 * at most 24 characters; or a GUID of 36.
 */
export function isIndexName(name: string): boolean {
  return guid.test(name) || (name.length <= mostChars && /^[a-z\d]+(?:-[a-z\d]+)*$/i.test(name));
}
