/**
 * Takes secrets out of text that a service sent back before it is kept or shown: some services quote the key that they
 * refuse, and addresses may carry a signature in their query (DESIGN §10).
 */
export type Redact = (text: string) => string;

const replacement = '[removed]';

/** Removes the secrets themselves and whatever looks like another one. For errors. */
export function createRedact(...secrets: readonly (string | undefined)[]): Redact {
  const withoutSecret = createSecretRedact(...secrets);
  return (text) =>
    withoutSecret(text)
      .replaceAll(/\bBearer\s+[\w.~+/=-]{8,}/gi, `Bearer ${replacement}`)
      .replaceAll(/\bsk-[\w*-]{8,}/g, replacement)
      .replaceAll(/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, replacement)
      .replaceAll(/(https?:\/\/[^\s"'<>?\\]+)\?[^\s"'<>\\]*/gi, '$1?…');
}

/** Removes only the secrets themselves: an answer may truthfully quote an address that stands in the photo. */
export function createSecretRedact(...secrets: readonly (string | undefined)[]): Redact {
  // Short secrets are placeholders such as `x` or `ollama`, and words of answers too.
  const long = secrets.filter((secret): secret is string => secret !== undefined && secret.length >= 8);
  if (long.length === 0) return (text) => text;
  const forms = new Set(
    long.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]),
  );
  return (text) => [...forms].reduce((result, form) => result.replaceAll(form, replacement), text);
}
