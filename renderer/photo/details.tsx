import { Check, X } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '../design/components/button.tsx';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { editPhoto, reviewPhoto, type Change } from '../edits/edit-photos.ts';
import { Damage } from './damage.tsx';
import { Doubts } from './doubts.tsx';
import { FileList } from './file-list.tsx';
import { History, Sent } from './history.tsx';
import { KeywordEditor } from './keyword-editor.tsx';
import { ObjectList } from './objects/object-list.tsx';
import type { Objects } from './objects/use-objects.ts';
import { OwnText } from './own-text.tsx';
import { factsOf } from './photo-facts.ts';
import { captionAnswerer, keywordAnswerers, type Photo } from './photo.ts';

/** Longer alt texts are cut by screen readers of old. */
const goodAltText = 125;

/** What is known of a photo, and what a person says of it. */
export function Details({ photo, objects }: { readonly photo: Photo; readonly objects: Objects }) {
  const texts = useTexts();
  const language = useLanguage();
  const { id, description } = photo;
  const edit = (change: Change, said: string): Promise<boolean> => editPhoto(id, change, said);
  const said = texts.photo.saved;
  const own = useRef<HTMLDivElement>(null);
  // A baseline is no statement that anybody would review.
  const isBaseline = description?.baseline === true;
  return (
    <div className="photo-details">
      <Damage photo={photo} />
      {description !== null && !isBaseline && (
        <div className="photo-review">
          <span className="photo-review-state">{texts.photo.reviewStates[description.reviewState]}</span>
          <Button
            icon={Check}
            aria-pressed={description.reviewState === 'accepted'}
            onClick={() => void reviewPhoto(id, 'accepted')}
          >
            {texts.photo.accept}
          </Button>
          <Button
            icon={X}
            aria-pressed={description.reviewState === 'rejected'}
            onClick={() => void reviewPhoto(id, 'rejected')}
          >
            {texts.photo.reject}
          </Button>
        </div>
      )}
      <Doubts
        photo={photo}
        onCorrect={() => {
          own.current?.querySelector('textarea')?.focus();
        }}
      />
      <div ref={own} className="photo-own">
        <OwnText
          key={`title ${String(id)}`}
          label={texts.photo.title}
          value={description?.title ?? null}
          isBaseline={isBaseline}
          onSave={(title) => edit({ title }, said)}
        />
        <OwnText
          key={`caption ${String(id)}`}
          label={texts.photo.caption}
          value={description?.caption ?? null}
          isBaseline={isBaseline}
          answerer={captionAnswerer(photo)}
          onSave={(caption) => edit({ caption }, said)}
        />
        <OwnText
          key={`alt ${String(id)}`}
          label={texts.photo.altText}
          value={description?.altText ?? null}
          isBaseline={isBaseline}
          goodLength={goodAltText}
          onSave={(altText) => edit({ altText }, said)}
        />
        <KeywordEditor
          key={id}
          keywords={description?.keywords ?? []}
          isBaseline={isBaseline}
          answerers={keywordAnswerers(photo)}
          onChange={edit}
        />
      </div>
      {objects.list.length > 0 && <ObjectList objects={objects} />}
      {description !== null && description.recognizedText !== null && (
        <section>
          <h2 className="photo-heading">{texts.photo.recognizedText}</h2>
          <p className="photo-recognized">{description.recognizedText}</p>
        </section>
      )}
      <section>
        <h2 className="photo-heading">{texts.photo.factsTitle}</h2>
        <dl className="photo-facts">
          {factsOf(photo, language, texts).map((fact) => (
            <div key={fact.id}>
              <dt>{fact.name}</dt>
              <dd>{fact.value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <FileList photo={photo} />
      {photo.history.length > 0 && <History history={photo.history} onUse={edit} />}
      <Sent key={`sent ${String(id)}`} assetId={id} />
    </div>
  );
}
