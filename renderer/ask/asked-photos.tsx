import { useTexts } from '../texts/use-texts.ts';

/** What goes along with a question, numbered as an answer numbers it: anew in each part. */
export function AskedPhotos({
  parts,
  pictures,
}: {
  readonly parts: readonly (readonly number[])[];
  readonly pictures: ReadonlyMap<number, string>;
}) {
  const texts = useTexts();
  return (
    <div className="ask-parts">
      {parts.length > 1 && <p className="photo-quiet">{texts.ask.inParts(parts.length)}</p>}
      {parts.map((ids, part) => (
        <ol
          key={ids.join(' ')}
          className="ask-photos"
          aria-label={parts.length > 1 ? texts.ask.part(part + 1) : texts.ask.photos}
        >
          {ids.map((id, index) => (
            <li key={id} className="ask-photo">
              <img
                alt={texts.ask.photo(index + 1)}
                src={pictures.get(id)}
                onError={(event) => {
                  // Of one that cannot be read there is no picture; the question says that when it is asked.
                  event.currentTarget.hidden = true;
                }}
              />
              <span className="ask-number" aria-hidden>
                {index + 1}
              </span>
            </li>
          ))}
        </ol>
      ))}
    </div>
  );
}
