import type { PastDescription } from './photo.ts';

type Past = Pick<PastDescription, 'owner' | 'fields'>;

/**
 * What each entry said, in a line. A person's entry holds all that was theirs by then: what stood in their entry before is
 * nothing that it said, least of all where it came from somebody's answer. Pure.
 *
 * @param history newest first
 */
export function withTexts<P extends Past>(
  history: readonly P[],
): readonly { readonly past: P; readonly text: string | undefined }[] {
  return history.map((past, index) => {
    const before =
      past.owner === 'person'
        ? history.slice(index + 1).find(({ owner }) => owner === 'person')?.fields
        : undefined;
    return { past, text: textOf(past.fields, before) };
  });
}

function textOf(fields: Past['fields'], before: Past['fields'] = {}): string | undefined {
  const changed = [
    ...newOf(fields.addedKeywords, before.addedKeywords).map((keyword) => `+ ${keyword}`),
    ...newOf(fields.removedKeywords, before.removedKeywords).map((keyword) => `− ${keyword}`),
  ];
  const own = [
    fields.caption === before.caption ? undefined : fields.caption,
    fields.title === before.title ? undefined : fields.title,
    changed.length > 0 ? changed.join(', ') : undefined,
  ].find((text) => text !== undefined);
  const text = own ?? fields.caption ?? fields.title ?? fields.keywords?.join(', ');
  return text === '' ? undefined : text;
}

function newOf(keywords: readonly string[] = [], before: readonly string[] = []): readonly string[] {
  return keywords.filter((keyword) => !before.includes(keyword));
}
