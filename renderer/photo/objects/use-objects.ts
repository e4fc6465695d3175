import { useState } from 'react';
import type { Box, DetectedObject } from '../../../app/contract/places.ts';
import { editPhoto } from '../../edits/edit-photos.ts';
import { libraryRoute } from '../../routes.ts';
import { goTo } from '../../state/route.ts';
import { useTexts } from '../../texts/use-texts.ts';
import type { Photo } from '../photo.ts';

/** The objects of the photo that is shown, which of them stand out, and what can be done with each. */
export type Objects = {
  readonly list: readonly DetectedObject[];
  /** All boxes are drawn over the photo; else only that of the object that is pointed at. */
  readonly isShown: boolean;
  readonly show: (isShown: boolean) => void;
  /** Place in `list` of the object under the pointer or with the focus. */
  readonly pointed: number | undefined;
  readonly point: (index: number | undefined) => void;
  /** Place in `list` of the object that is being given another name. */
  readonly renaming: number | undefined;
  readonly startRenaming: (index: number | undefined) => void;
  readonly search: (index: number) => void;
  /** `undefined` for an object whose place is not known. */
  readonly ask: (index: number) => (() => void) | undefined;
  readonly rename: (index: number, label: string) => Promise<boolean>;
  readonly remove: (index: number) => Promise<boolean>;
};

/** @param onAsk opens a question about this part of the photo */
export function useObjects(photo: Photo | undefined, onAsk: (box: Box) => void): Objects {
  const texts = useTexts();
  const [isShown, setIsShown] = useState(false);
  const [pointed, setPointed] = useState<Mark>();
  const [renamed, setRenamed] = useState<Mark>();
  const id = photo?.id;
  const list = photo?.description?.objects ?? none;
  // Another photo begins with nothing pointed at.
  const placeOf = (mark: Mark | undefined): number | undefined => (mark?.id === id ? mark?.index : undefined);
  const toMark = (index: number | undefined): Mark | undefined =>
    id === undefined || index === undefined ? undefined : { id, index };
  const save = async (objects: DetectedObject[], said: string): Promise<boolean> =>
    id !== undefined && (await editPhoto(id, { objects }, said));
  return {
    list,
    isShown,
    show: setIsShown,
    // Its box stays to be seen while it gets a name, wherever the pointer goes.
    pointed: placeOf(renamed) ?? placeOf(pointed),
    point: (index) => {
      setPointed(toMark(index));
    },
    renaming: placeOf(renamed),
    startRenaming: (index) => {
      setRenamed(toMark(index));
    },
    search: (index) => {
      const label = list[index]?.label.replaceAll('"', '') ?? '';
      goTo({ ...libraryRoute, query: `object:"${label}"` });
    },
    ask: (index) => {
      const box = list[index]?.box;
      return box === undefined
        ? undefined
        : () => {
            onAsk(box);
          };
    },
    rename: (index, label) => {
      const objects = list.map((object, at) => (at === index ? { ...object, label } : object));
      return save(objects, texts.objects.renamed(label));
    },
    remove: (index) => {
      const removed = list[index]?.label ?? '';
      return save(
        list.filter((_, at) => at !== index),
        texts.objects.removed(removed),
      );
    },
  };
}

/** An object by its place in the list of a photo. */
type Mark = { readonly id: number; readonly index: number };

const none: readonly DetectedObject[] = [];
