import type { PastDescription, TakenAnswer } from '../contract/history.ts';
import type { Description } from '../contract/models/description.ts';
import { keywordKey } from './keyword-key.ts';

/**
 * Which of the words that a person owns now were a model's answer. A word is the answer's when the first of their
 * statements that holds it was made of that answer: a text that they changed afterwards is theirs alone. Pure.
 *
 * @param history everything that was said of the photo, in any order
 */
export function listTakenAnswers(
  { caption, keywords }: Pick<Description, 'caption' | 'keywords'>,
  history: readonly PastDescription[],
): TakenAnswer[] {
  const own = history.filter(({ owner }) => owner === 'person').toSorted((one, other) => one.id - other.id);
  const taken: TakenAnswer[] = [];
  if (caption?.owner === 'person') {
    const first = own.find(({ fields }) => fields.caption === caption.text);
    if (first !== undefined && first.requestId !== null) taken.push({ ...toTaken(first), field: 'caption' });
  }
  const byStatement = new Map<PastDescription, string[]>();
  for (const { keyword, owner } of keywords) {
    if (owner !== 'person') continue;
    const key = keywordKey(keyword);
    const first = own.find(({ fields }) =>
      [...(fields.keywords ?? []), ...(fields.addedKeywords ?? [])].some((one) => keywordKey(one) === key),
    );
    if (first === undefined || first.requestId === null) continue;
    byStatement.set(first, [...(byStatement.get(first) ?? []), keyword]);
  }
  for (const [statement, said] of byStatement) {
    taken.push({ ...toTaken(statement), field: 'keywords', keywords: said });
  }
  return taken;
}

function toTaken({
  connection,
  modelAnswered,
  threadId,
  costMicroUsd,
}: PastDescription): Omit<TakenAnswer, 'field'> {
  return { keywords: [], connection, modelAnswered, threadId, costMicroUsd };
}
