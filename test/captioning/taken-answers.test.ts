import { expect, test } from 'vitest';
import { listTakenAnswers } from '../../app/captioning/taken-answers.ts';
import { descriptionId, requestId, threadId } from '../../app/contract/ids.ts';
import type { PastDescription } from '../../app/contract/history.ts';
import type { StatementFields } from '../../app/contract/models/description.ts';

function said(id: number, fields: StatementFields, fromRequest?: number): PastDescription {
  return {
    id: descriptionId.parse(id),
    owner: 'person',
    fields,
    baseline: false,
    live: false,
    connection: fromRequest === undefined ? null : 'studio',
    modelAnswered: fromRequest === undefined ? null : 'gpt-4o-2024-11-20',
    promptVersion: null,
    detail: null,
    sentWidthPx: null,
    sentHeightPx: null,
    doubts: [],
    requestId: fromRequest === undefined ? null : requestId.parse(fromRequest),
    threadId: fromRequest === undefined ? null : threadId.parse(7),
    runId: null,
    inputTokens: null,
    outputTokens: null,
    costMicroUsd: fromRequest === undefined ? null : 120,
    createdAtMs: id,
  };
}

const nobody = { caption: null, keywords: [] };
const caption = (text: string) => ({ ...nobody, caption: { text, owner: 'person' as const } });

test('a caption that was an answer says so, also after the person added keywords of their own', () => {
  const history = [
    said(1, { caption: 'A heron.' }, 31),
    said(2, { caption: 'A heron.', addedKeywords: ['bird'] }),
  ];
  expect(listTakenAnswers(caption('A heron.'), history)).toEqual([
    {
      field: 'caption',
      keywords: [],
      connection: 'studio',
      modelAnswered: 'gpt-4o-2024-11-20',
      threadId: 7,
      costMicroUsd: 120,
    },
  ]);
});

test('a caption that the person wrote is theirs, though a later answer gave keywords beside it', () => {
  const history = [
    said(1, { caption: 'Mine.' }),
    said(2, { caption: 'Mine.', addedKeywords: ['heron', 'reeds'] }, 31),
    said(3, { caption: 'Mine.', addedKeywords: ['heron', 'reeds', 'dawn'] }),
  ];
  const current = {
    ...caption('Mine.'),
    keywords: ['heron', 'reeds', 'dawn'].map((keyword) => ({ keyword, owner: 'person' as const })),
  };
  expect(listTakenAnswers(current, history.toReversed())).toMatchObject([
    { field: 'keywords', keywords: ['heron', 'reeds'] },
  ]);
});

test('an answer that the person changed is theirs alone, and what a model owns is no answer', () => {
  const history = [said(1, { caption: 'A heron.' }, 31), said(2, { caption: 'A grey heron at dawn.' })];
  expect(listTakenAnswers(caption('A grey heron at dawn.'), history)).toEqual([]);
  expect(listTakenAnswers({ ...nobody, caption: { text: 'A heron.', owner: 'model' } }, history)).toEqual([]);
});
