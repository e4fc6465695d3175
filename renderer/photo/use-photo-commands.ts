import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  Check,
  ListChecks,
  LogOut,
  RectangleHorizontal,
  RotateCcw,
  MessageCircleQuestion,
  ScanSearch,
  Sparkles,
  SquareDashedMousePointer,
  TextSelect,
  X,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { useMemo } from 'react';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import { reviewPhoto } from '../edits/edit-photos.ts';

export type PhotoActions = {
  readonly id: number;
  readonly previous: (() => void) | undefined;
  readonly next: (() => void) | undefined;
  readonly nextUnreviewed: (() => void) | undefined;
  readonly close: () => void;
  readonly ask: () => void;
  readonly describe: (how: 'new' | 'again') => void;
  /** By a factor; `null` = the whole picture, `1:1` = its own pixels. `undefined` for a video. */
  readonly zoom: ((to: number | null | '1:1') => void) | undefined;
  /** Moves what is seen of a zoomed picture, by a share of the stage; `undefined` while all of it is seen. */
  readonly pan: ((right: number, down: number) => void) | undefined;
  /** Shows and hides the boxes of objects; `undefined` when there are none. */
  readonly toggleObjects: (() => void) | undefined;
  /** Makes the text in the photo selectable, or not; `undefined` when none is known by its place. */
  readonly toggleText: (() => void) | undefined;
};

/** Registers what can be done with the photo that is shown. */
export function usePhotoCommands(actions: PhotoActions): void {
  const { id, previous, next, nextUnreviewed, close, ask, describe, zoom, pan, toggleObjects, toggleText } =
    actions;
  const commands = useMemo((): readonly Command[] => {
    const review = async (state: 'accepted' | 'rejected'): Promise<void> => {
      if (await reviewPhoto(id, state)) nextUnreviewed?.();
    };
    return [
      {
        id: 'photo.previous',
        group: 'photo',
        title: (texts) => texts.photo.previous,
        icon: ArrowLeft,
        keys: ['ArrowLeft'],
        when: () => previous !== undefined,
        run: () => previous?.(),
      },
      {
        id: 'photo.next',
        group: 'photo',
        title: (texts) => texts.photo.next,
        icon: ArrowRight,
        keys: ['ArrowRight'],
        when: () => next !== undefined,
        run: () => next?.(),
      },
      {
        id: 'photo.next-unreviewed',
        group: 'photo',
        title: (texts) => texts.photo.nextUnreviewed,
        icon: ListChecks,
        keys: ['n'],
        when: () => nextUnreviewed !== undefined,
        run: () => nextUnreviewed?.(),
      },
      {
        id: 'photo.accept',
        group: 'photo',
        title: (texts) => texts.photo.acceptAndNext,
        icon: Check,
        keys: ['a'],
        run: () => void review('accepted'),
      },
      {
        id: 'photo.reject',
        group: 'photo',
        title: (texts) => texts.photo.rejectAndNext,
        icon: X,
        keys: ['r'],
        run: () => void review('rejected'),
      },
      {
        id: 'photo.ask',
        group: 'photo',
        title: (texts) => texts.photo.ask,
        icon: MessageCircleQuestion,
        keys: ['q'],
        run: ask,
      },
      {
        id: 'photo.describe',
        group: 'photo',
        title: (texts) => texts.library.describeSelected,
        icon: Sparkles,
        keys: ['d'],
        run: () => {
          describe('new');
        },
      },
      {
        id: 'photo.describe-again',
        group: 'photo',
        title: (texts) => texts.library.describeAgain,
        icon: RotateCcw,
        keys: ['shift+d'],
        run: () => {
          describe('again');
        },
      },
      {
        id: 'photo.objects',
        group: 'view',
        title: (texts) => texts.objects.show,
        icon: SquareDashedMousePointer,
        keys: ['o'],
        when: () => toggleObjects !== undefined,
        run: () => toggleObjects?.(),
      },
      {
        id: 'photo.text',
        group: 'view',
        title: (texts) => texts.photo.showText,
        icon: TextSelect,
        keys: ['t'],
        when: () => toggleText !== undefined,
        run: () => toggleText?.(),
      },
      {
        id: 'photo.fit',
        group: 'view',
        title: (texts) => texts.photo.fit,
        icon: RectangleHorizontal,
        keys: ['0'],
        when: () => zoom !== undefined,
        run: () => zoom?.(null),
      },
      {
        id: 'photo.full-size',
        group: 'view',
        title: (texts) => texts.photo.fullSize,
        icon: ScanSearch,
        keys: ['1', 'z'],
        when: () => zoom !== undefined,
        run: () => zoom?.('1:1'),
      },
      {
        id: 'photo.zoom-in',
        group: 'view',
        title: (texts) => texts.photo.zoomIn,
        icon: ZoomIn,
        keys: ['+', '='],
        when: () => zoom !== undefined,
        run: () => zoom?.(1.5),
      },
      {
        id: 'photo.zoom-out',
        group: 'view',
        title: (texts) => texts.photo.zoomOut,
        icon: ZoomOut,
        keys: ['-'],
        when: () => zoom !== undefined,
        run: () => zoom?.(1 / 1.5),
      },
      ...panCommands(pan),
      {
        id: 'photo.close',
        group: 'go',
        title: (texts) => texts.photo.close,
        icon: LogOut,
        keys: ['Escape'],
        run: close,
      },
    ];
  }, [id, previous, next, nextUnreviewed, close, ask, describe, zoom, pan, toggleObjects, toggleText]);
  useCommands(commands);
}

/** Of the stage, with one key press. */
const panShare = 0.2;

const directions = [
  { name: 'left', icon: ArrowLeft, keys: ['shift+ArrowLeft'], right: -panShare, down: 0 },
  { name: 'right', icon: ArrowRight, keys: ['shift+ArrowRight'], right: panShare, down: 0 },
  { name: 'up', icon: ArrowUp, keys: ['shift+ArrowUp', 'ArrowUp'], right: 0, down: -panShare },
  { name: 'down', icon: ArrowDown, keys: ['shift+ArrowDown', 'ArrowDown'], right: 0, down: panShare },
] as const;

/** Left and right alone go to another photo, whatever is seen of this one. */
function panCommands(pan: PhotoActions['pan']): readonly Command[] {
  return directions.map(({ name, icon, keys, right, down }) => ({
    id: `photo.pan-${name}`,
    group: 'view',
    title: (texts) => texts.photo.pan[name],
    icon,
    keys,
    when: () => pan !== undefined,
    run: () => pan?.(right, down),
  }));
}
