import { useTexts } from '../texts/use-texts.ts';
import type { Photo } from './photo.ts';

/** Where a photo lies, and which other files belong to it: what each is stands before its path. */
export function FileList({ photo }: { readonly photo: Photo }) {
  const texts = useTexts();
  const { path, companions, duplicates, webAddress } = photo;
  const others = [
    ...companions.map((file) => ({ path: file.path, what: roleOf(file, texts.photo.companions) })),
    ...duplicates.map((copy) => ({ path: copy, what: texts.photo.sameFile })),
  ];
  return (
    <section>
      <h2 className="photo-heading">{texts.photo.files}</h2>
      <ul className="photo-files">
        <li>{path}</li>
        {others.map((file) => (
          <li key={file.path}>
            <span className="photo-quiet">{file.what}</span>
            {file.path}
          </li>
        ))}
      </ul>
      {webAddress !== null && <p className="photo-address">{`${texts.folders.fetchedFrom} ${webAddress}`}</p>}
    </section>
  );
}

type Companion = Photo['companions'][number];

function roleOf(
  { role, format }: Companion,
  texts: ReturnType<typeof useTexts>['photo']['companions'],
): string {
  return role === 'alternate' ? texts.alternate(format?.toUpperCase() ?? null) : texts[role];
}
