import type { Description, DescriptionFields, OwnedKeyword, OwnedText, Owner } from '../contract/models.ts';

/** One live statement about an asset, oldest first in lists. */
export type Statement = {
  readonly owner: Owner;
  readonly baseline: boolean;
  readonly fields: DescriptionFields;
};

export type CurrentDescription = Omit<Description, 'reviewState'> & {
  /** What a model said where a person or the file owns the field: searched, not shown. */
  readonly otherText: string | null;
};

type TextField = 'title' | 'caption' | 'altText';

/**
 * The current description: what follows from all live statements. A person's word goes first, then what stands in the
 * file, then a model's, then the baseline; so a re-run replaces only what a model said (DESIGN §6, ownership per field).
 * Pure, so that undo is: fewer statements.
 */
export function mergeStatements(statements: readonly Statement[]): CurrentDescription {
  const person = statements.filter((statement) => statement.owner === 'person');
  const file = statements.filter((statement) => statement.owner === 'file').slice(-1);
  const models = statements.filter((statement) => statement.owner === 'model' && !statement.baseline);
  const baselines = statements.filter((statement) => statement.owner === 'model' && statement.baseline);
  const model = models.length > 0 ? models : baselines;

  const text = (field: TextField): OwnedText | null => {
    // The latest model that was asked for a field decides on it, also that there is none.
    const asked = [...baselines, ...models].findLast(({ fields }) => fields[field] !== undefined);
    const byPrecedence = [...(asked === undefined ? [] : [asked]), ...file, ...person];
    const from = byPrecedence.findLast(({ fields }) => hasText(fields[field]));
    const value = from?.fields[field];
    return from === undefined || value === undefined ? null : { text: value, owner: from.owner };
  };
  const title = text('title');
  const caption = text('caption');
  const altText = text('altText');
  // What was recognised on this machine is sure, and stands until a model that was asked for it says otherwise.
  const recognized = [...baselines, ...models, ...person].findLast(
    ({ fields }) => fields.recognizedText !== undefined,
  )?.fields.recognizedText;
  const unshown = models
    .slice(-1)
    .flatMap(({ fields }) => [
      { said: fields.title, shown: title },
      { said: fields.caption, shown: caption },
      { said: fields.altText, shown: altText },
    ])
    .flatMap(({ said, shown }) =>
      said !== undefined && hasText(said) && shown?.owner !== 'model' ? [said] : [],
    );

  return {
    title,
    caption,
    altText,
    keywords: mergeKeywords(person, file, model),
    recognizedText: recognized !== undefined && hasText(recognized) ? recognized : null,
    objects:
      [...model, ...person].findLast(({ fields }) => fields.objects !== undefined)?.fields.objects ?? [],
    baseline: models.length === 0 && baselines.length > 0,
    otherText: unshown.length === 0 ? null : unshown.join('\n'),
  };
}

/** A person's list is the list. Otherwise what stands in the file, in its order, then what the model adds. */
function mergeKeywords(
  person: readonly Statement[],
  file: readonly Statement[],
  model: readonly Statement[],
): OwnedKeyword[] {
  const ownList = person.findLast(({ fields }) => fields.keywords !== undefined);
  if (ownList !== undefined) return owned(ownList);
  const latest = model.findLast(({ fields }) => fields.keywords !== undefined);
  const seen = new Set<string>();
  return [...file.flatMap(owned), ...(latest === undefined ? [] : owned(latest))].filter(({ keyword }) => {
    const key = keywordKey(keyword);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function owned({ fields, owner }: Statement): OwnedKeyword[] {
  return (fields.keywords ?? []).map((keyword) => ({ keyword, owner }));
}

/** Two keywords with the same key are the same keyword. */
export function keywordKey(keyword: string): string {
  return keyword.normalize('NFKC').trim().toLocaleLowerCase('en');
}

function hasText(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== '';
}
