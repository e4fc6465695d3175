import { Ellipsis } from 'lucide-react';
import { Menu } from '../../design/components/menu.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { objectCommands } from './object-commands.ts';
import type { Objects } from './use-objects.ts';
import './objects.css';

/** What can be seen in the photo, each thing with its menu; pointing at one shows where it is. */
export function ObjectList({ objects }: { readonly objects: Objects }) {
  const texts = useTexts();
  return (
    <section>
      <h2 className="photo-heading">{texts.objects.title}</h2>
      <ul className="object-list">
        {objects.list.map(({ label, box, confidence }, index) => (
          <li
            // Two of a kind have the same name; their place in the list is all that tells them apart.
            key={index}
            className="object-line"
            data-pointed={index === objects.pointed ? '' : undefined}
            onPointerEnter={() => {
              objects.point(index);
            }}
            onPointerLeave={() => {
              objects.point(undefined);
            }}
          >
            <button
              type="button"
              className="object-search"
              title={texts.objects.search}
              onFocus={() => {
                objects.point(index);
              }}
              onBlur={() => {
                objects.point(undefined);
              }}
              onClick={() => {
                objects.search(index);
              }}
            >
              {texts.objects.name(label, confidence)}
            </button>
            {box === undefined && <span className="photo-quiet">{texts.objects.noPlace}</span>}
            <Menu
              groups={objectCommands(objects, index)}
              trigger={
                <button type="button" className="icon-button" aria-label={texts.objects.menuOf(label)}>
                  <Ellipsis aria-hidden size="1.2em" />
                </button>
              }
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
