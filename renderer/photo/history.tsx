import { useState } from 'react';
import type { DescriptionFields } from '../../app/contract/models/description.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { DateTime, Money } from '../design/components/values.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { formatRoute } from '../routes.ts';
import { formatCount } from '../texts/format.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import type { Change } from '../edits/edit-photos.ts';
import { withTexts } from './history-texts.ts';
import type { PastDescription } from './photo.ts';

type HistoryProps = {
  readonly history: readonly PastDescription[];
  readonly onUse: (change: Change, said: string) => Promise<boolean>;
};

/** Who said what and when, with what it took; each can be made the person's own again. */
export function History({ history, onUse }: HistoryProps) {
  const texts = useTexts();
  const language = useLanguage();
  const isPersons = history.some(({ live, owner }) => live && owner === 'person');
  return (
    <details className="photo-section" open>
      <summary>{texts.photo.history(history.length)}</summary>
      <ol className="history">
        {withTexts(history).map(({ past, text }) => (
          <li key={past.id} className="history-entry">
            <p className="history-who">
              <strong>{whoOf(past, texts.photo)}</strong>
              {past.live && <span className="own-text-owner">{texts.photo.inUse}</span>}
            </p>
            <p className="photo-quiet">
              <DateTime ms={past.createdAtMs} />
              {past.runId !== null && (
                <>
                  {' · '}
                  <a href={formatRoute({ view: 'runs', runId: past.runId })}>{texts.photo.run(past.runId)}</a>
                </>
              )}
            </p>
            {text !== undefined && <p className="history-text">{text}</p>}
            <p className="photo-quiet">
              {takenOf(past, (count) => formatCount(count, language), texts.photo)}
            </p>
            {past.requestId !== null && (
              <p className="photo-quiet">
                <Money microUsd={past.costMicroUsd} />
              </p>
            )}
            {changeOf(past.fields) !== undefined && !isShown(past, isPersons) && (
              <Button kind="quiet" onClick={() => void onUse(changeOf(past.fields) ?? {}, texts.photo.used)}>
                {texts.photo.useThis}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}

/** What a person wrote stands before what a model said, so a model's may be in use and not be seen. */
function isShown({ live, owner }: PastDescription, isPersons: boolean): boolean {
  return live && (owner === 'person' || !isPersons);
}

function whoOf(past: PastDescription, texts: ReturnType<typeof useTexts>['photo']): string {
  const answerer = past.modelAnswered ?? past.connection;
  if (answerer === null) return texts.owners[past.owner];
  return past.owner === 'person' ? texts.takenFrom(answerer) : answerer;
}

/** Connection, prompt, detail, the size of the picture that was sent, tokens. */
function takenOf(
  past: PastDescription,
  format: (count: number) => string,
  texts: ReturnType<typeof useTexts>['photo'],
): string {
  return [
    past.modelAnswered === null ? undefined : past.connection,
    past.promptVersion === null ? undefined : texts.prompt(past.promptVersion),
    past.detail === null ? undefined : texts.detail(past.detail),
    past.sentWidthPx === null || past.sentHeightPx === null
      ? undefined
      : `${format(past.sentWidthPx)} × ${format(past.sentHeightPx)} px`,
    // Services that count features count none.
    past.inputTokens === null || past.outputTokens === null || past.inputTokens === 0
      ? undefined
      : texts.tokens(format(past.inputTokens), format(past.outputTokens)),
  ]
    .filter((part) => part !== undefined && part !== null)
    .join(' · ');
}

function changeOf({ title, caption, altText, keywords }: DescriptionFields): Change | undefined {
  const change: Change = {
    ...(title === undefined ? {} : { title }),
    ...(caption === undefined ? {} : { caption }),
    ...(altText === undefined ? {} : { altText }),
    ...(keywords === undefined ? {} : { keywords: { set: keywords } }),
  };
  return Object.keys(change).length === 0 ? undefined : change;
}

/** The exact words and picture sizes of each request about this photo, asked for when somebody wants to see them. */
export function Sent({ assetId }: { readonly assetId: number }) {
  const texts = useTexts();
  const language = useLanguage();
  const [isOpen, setIsOpen] = useState(false);
  const { data, error } = useQueryOf('asset.sent', { id: assetId }, { enabled: isOpen });
  return (
    <details
      className="photo-section"
      onToggle={(event) => {
        setIsOpen(event.currentTarget.open);
      }}
    >
      <summary>{texts.photo.showSent}</summary>
      {error !== null && <ErrorBanner error={error} />}
      {data?.length === 0 && <p className="photo-quiet">{texts.photo.nothingSent}</p>}
      {data?.map((sent) => (
        <article key={sent.requestId} className="sent">
          <p>
            <strong>{sent.modelAnswered ?? sent.modelAsked ?? sent.connection}</strong>{' '}
            <span className="photo-quiet">
              <DateTime ms={sent.sentAtMs} />
            </span>
          </p>
          {sent.pictures
            .filter((picture) => picture.widthPx !== null && picture.heightPx !== null)
            .map((picture) => (
              <p key={picture.assetId} className="photo-quiet">
                {texts.photo.sentPicture(
                  formatCount(picture.widthPx ?? 0, language),
                  formatCount(picture.heightPx ?? 0, language),
                )}
              </p>
            ))}
          <pre className="sent-words" aria-label={texts.photo.sentWords}>
            {[sent.instructions, sent.text].filter((text) => text !== null).join('\n\n') ||
              texts.photo.wordsNotKept}
          </pre>
          {sent.answer !== null && (
            <pre className="sent-words" aria-label={texts.photo.sentAnswer}>
              {sent.answer}
            </pre>
          )}
        </article>
      ))}
    </details>
  );
}
