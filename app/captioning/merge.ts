import type {
  Description,
  OwnedKeyword,
  OwnedText,
  Owner,
  StatementFields,
} from '../contract/models/description.ts';
import type { Point } from '../contract/places.ts';
import { focusOf } from './focus.ts';
import { keywordKey } from './keyword-key.ts';
import { joinOwnWords } from './own-words.ts';

/** One live statement about an asset, oldest first in lists. */
export type Statement = {
  readonly owner: Owner;
  readonly baseline: boolean;
  readonly fields: StatementFields;
};

export type CurrentDescription = Omit<Description, 'reviewState'> & {
  /** What a model said where a person or the file owns the field: searched, not shown. */
  readonly otherText: string | null;
  /** By anybody but the built-in describer: a model, a person or the file. */
  readonly isSaid: boolean;
  /** What should be seen of it where there is room for a part. */
  readonly focus: Point | null;
};

type TextField = 'title' | 'caption' | 'altText';

/**
 * The current description: what follows from all live statements. A person's word goes first, then what stands in the
 * file, then a model's, then the baseline; so a re-run replaces only what a model said (DESIGN §6, ownership per field).
 * Pure, so that undo is: fewer statements.
 */
export function mergeStatements(statements: readonly Statement[]): CurrentDescription {
  const own = statements.filter((statement) => statement.owner === 'person').map(({ fields }) => fields);
  const person: Statement[] =
    own.length === 0 ? [] : [{ owner: 'person', baseline: false, fields: joinOwnWords(own) }];
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
  const hasRecognized = recognized !== undefined && hasText(recognized);
  // Who reads text need not say where it stands: then it stands where another found it.
  const textLines = [...baselines, ...models].findLast(({ fields }) => (fields.textLines ?? []).length > 0)
    ?.fields.textLines;
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

  const objects =
    [...model, ...person].findLast(({ fields }) => fields.objects !== undefined)?.fields.objects ?? [];

  const keywords = mergeKeywords(person[0], file, model);
  const baseline = models.length === 0 && baselines.length > 0;
  return {
    title,
    caption,
    altText,
    keywords,
    recognizedText: hasRecognized ? recognized : null,
    textLines: hasRecognized ? (textLines ?? []) : [],
    objects,
    focus: focusOf(model.findLast(({ fields }) => fields.crops !== undefined)?.fields.crops, objects),
    moments: model.findLast(({ fields }) => fields.moments !== undefined)?.fields.moments ?? [],
    baseline,
    isSaid:
      models.length > 0 ||
      [title, caption, altText, ...keywords].some((said) => said !== null && said.owner !== 'model'),
    otherText: unshown.length === 0 ? null : unshown.join('\n'),
  };
}

/**
 * A person's list is the list. Otherwise what stands in the file, in its order, then what the model adds, without what a
 * person took out, and then what they put to it: also where another says the same, it is theirs from then on.
 */
function mergeKeywords(
  person: Statement | undefined,
  file: readonly Statement[],
  model: readonly Statement[],
): OwnedKeyword[] {
  const own = person?.fields ?? {};
  if (own.keywords !== undefined) return distinct(owned(own.keywords, 'person'));
  const latest = model.findLast(({ fields }) => fields.keywords !== undefined);
  const others = [...file, ...(latest === undefined ? [] : [latest])].flatMap(({ fields, owner }) =>
    owned(fields.keywords ?? [], owner),
  );
  const added = owned(own.addedKeywords ?? [], 'person');
  const ownKeys = new Set(added.map(({ keyword }) => keywordKey(keyword)));
  const removed = new Set((own.removedKeywords ?? []).map(keywordKey));
  const kept = others.filter(({ keyword }) => !removed.has(keywordKey(keyword)));
  return distinct([
    ...kept.map((other) =>
      ownKeys.has(keywordKey(other.keyword)) ? { ...other, owner: 'person' as const } : other,
    ),
    ...added,
  ]);
}

function owned(keywords: readonly string[], owner: Owner): OwnedKeyword[] {
  return keywords.map((keyword) => ({ keyword, owner }));
}

function distinct(keywords: readonly OwnedKeyword[]): OwnedKeyword[] {
  const byKey = new Map<string, OwnedKeyword>();
  for (const each of keywords) {
    const key = keywordKey(each.keyword);
    // One of nothing but spaces is no word.
    if (key !== '' && !byKey.has(key)) byKey.set(key, each);
  }
  return [...byKey.values()];
}

function hasText(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== '';
}
