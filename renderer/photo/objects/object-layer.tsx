import type { Box } from '../../../app/contract/places.ts';
import { Menu } from '../../design/components/menu.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import type { Placed } from '../zoom.ts';
import { nameHeightPx, nameRows } from './name-rows.ts';
import { objectCommands } from './object-commands.ts';
import type { Objects } from './use-objects.ts';
import './objects.css';

/**
 * Boxes over the photo, small ones above large ones, and no name over another, so that each can be pointed at. The name on a
 * box opens its menu; a drag that begins on a box moves the picture as everywhere.
 */
export function ObjectLayer({ objects, placed }: { readonly objects: Objects; readonly placed: Placed }) {
  const texts = useTexts();
  const { list, isShown, pointed } = objects;
  const boxes = list
    .flatMap(({ label, box, confidence }, index) =>
      box === undefined ? [] : [{ label, box, confidence, index }],
    )
    .filter(({ index }) => isShown || index === pointed)
    .toSorted((one, other) => areaOf(other.box) - areaOf(one.box));
  const rows = nameRows(boxes.map(({ box }) => ({ left: box.x * placed.width, top: box.y * placed.height })));
  return boxes.map(({ label, box, confidence, index }, place) => (
    <div
      key={index}
      className="object-box"
      data-pointed={index === pointed ? '' : undefined}
      style={{
        left: placed.left + box.x * placed.width,
        top: placed.top + box.y * placed.height,
        width: box.width * placed.width,
        height: box.height * placed.height,
      }}
      onPointerEnter={() => {
        objects.point(index);
      }}
      onPointerLeave={() => {
        objects.point(undefined);
      }}
    >
      <Menu
        align="start"
        groups={objectCommands(objects, index)}
        trigger={
          <button
            type="button"
            className="object-name"
            style={{ top: (rows[place] ?? 0) * nameHeightPx }}
            onPointerDown={(event) => {
              event.stopPropagation();
            }}
          >
            {texts.objects.name(label, confidence)}
          </button>
        }
      />
    </div>
  ));
}

function areaOf({ width, height }: Box): number {
  return width * height;
}
