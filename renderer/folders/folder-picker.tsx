import {
  ChevronRight,
  CornerLeftUp,
  FolderClosed,
  HardDrive,
  House,
  Images,
  type LucideIcon,
} from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button, IconButton } from '../design/components/button.tsx';
import { Dialog } from '../design/components/dialog.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { useTexts } from '../texts/use-texts.ts';
import './folder-picker.css';

const placeIcons: Readonly<Record<'home' | 'pictures' | 'drive', LucideIcon>> = {
  home: House,
  pictures: Images,
  drive: HardDrive,
};

type FolderPickerProps = {
  readonly isOpen: boolean;
  readonly title: string;
  readonly onClose: () => void;
  /** With an absolute path of the engine's machine, as the engine named it. */
  readonly onChoose: (path: string) => void;
};

/** Chooses a folder where the system has no dialog for it: in a browser. */
export function FolderPicker({ isOpen, title, onClose, onChoose }: FolderPickerProps) {
  const texts = useTexts();
  const [path, setPath] = useState<string>();
  const { data: listing, error } = useQueryOf('folder.list', path === undefined ? {} : { path }, {
    enabled: isOpen,
    keepsPrevious: true,
  });
  const list = useRef<HTMLUListElement>(null);
  const chooseButton = useRef<HTMLButtonElement>(null);
  const cameFrom = useRef<string>(undefined);
  const shownPath = listing?.path;
  // Keys go on in the folder that is shown now; after going up, from the one that was left.
  useEffect(() => {
    if (!isOpen || shownPath === undefined) return;
    const buttons = buttonsOf(list.current);
    const left = buttons.find(({ dataset }) => dataset['path'] === cameFrom.current);
    cameFrom.current = undefined;
    (left ?? buttons[0] ?? chooseButton.current)?.focus();
  }, [isOpen, shownPath]);
  const goUp = (): void => {
    if (listing === undefined || listing.parent === null) return;
    cameFrom.current = listing.path;
    setPath(listing.parent);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowLeft' || event.key === 'Backspace') goUp();
    else if (!moveIn(event)) return;
    event.preventDefault();
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={title}
      size="large"
      initialFocus={() => buttonsOf(list.current)[0] ?? true}
      actions={
        <>
          <Button onClick={onClose}>{texts.common.cancel}</Button>
          <Button
            ref={chooseButton}
            kind="primary"
            onKeyDown={onKeyDown}
            disabled={listing === undefined || listing.error !== null}
            onClick={() => {
              if (listing !== undefined) onChoose(listing.path);
            }}
          >
            {texts.folders.chooseThis}
          </Button>
        </>
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys are those of the buttons in it */}
      <div className="folder-picker" onKeyDown={onKeyDown}>
        <ul className="folder-picker-places" aria-label={texts.folders.places}>
          {listing?.places.map((place, index) => (
            <li key={place.path}>
              <FolderButton
                isStop={index === 0}
                path={place.path}
                icon={placeIcons[place.kind]}
                name={place.name}
                onClick={() => {
                  setPath(place.path);
                }}
              />
            </li>
          ))}
        </ul>
        <div className="folder-picker-folders">
          <div className="folder-picker-path">
            <IconButton
              icon={CornerLeftUp}
              label={texts.folders.up}
              disabled={listing?.parent === null || listing === undefined}
              onClick={goUp}
            />
            <span title={listing?.path}>{listing?.path}</span>
          </div>
          {error !== null && <ErrorBanner error={error} />}
          {listing !== undefined && listing.error !== null && <ErrorBanner error={listing.error} />}
          <ul ref={list} className="folder-picker-list" aria-label={texts.folders.inside}>
            {listing?.folders.map((folder, index) => (
              <li key={folder.path}>
                <FolderButton
                  isStop={index === 0}
                  path={folder.path}
                  icon={FolderClosed}
                  name={folder.name}
                  opens
                  onClick={() => {
                    setPath(folder.path);
                  }}
                />
              </li>
            ))}
          </ul>
          {listing?.folders.length === 0 && listing.error === null && (
            <p className="folder-picker-none">{texts.folders.noneInside}</p>
          )}
          {listing?.isCut === true && <p className="folder-picker-none">{texts.folders.cut}</p>}
        </div>
      </div>
    </Dialog>
  );
}

function buttonsOf(list: Element | null | undefined): HTMLButtonElement[] {
  return [...(list?.querySelectorAll<HTMLButtonElement>('.folder-picker-button') ?? [])];
}

/**
 * Arrow keys, Home and End go from folder to folder of a list, right opens one. The way with Tab goes through the one that
 * was left last. @returns whether the key was one of them
 */
function moveIn({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLButtonElement)) return false;
  const buttons = buttonsOf(target.closest('ul'));
  const index = buttons.indexOf(target);
  if (index === -1) return false;
  if (key === 'ArrowRight') {
    target.click();
    return true;
  }
  const steps: Readonly<Record<string, number>> = {
    ArrowUp: index - 1,
    ArrowDown: index + 1,
    Home: 0,
    End: buttons.length - 1,
  };
  const next = steps[key];
  if (next === undefined) return false;
  const button = buttons[Math.min(Math.max(next, 0), buttons.length - 1)];
  for (const other of buttons) other.tabIndex = other === button ? 0 : -1;
  button?.focus();
  return true;
}

type FolderButtonProps = {
  readonly icon: LucideIcon;
  readonly name: string;
  readonly path: string;
  readonly opens?: boolean;
  /** The one of its list that Tab comes to first. */
  readonly isStop: boolean;
  readonly onClick: () => void;
};

function FolderButton({ icon: Icon, name, path, opens = false, isStop, onClick }: FolderButtonProps) {
  return (
    <button
      type="button"
      className="folder-picker-button"
      data-path={path}
      tabIndex={isStop ? 0 : -1}
      onClick={onClick}
    >
      <Icon aria-hidden size="1.15em" />
      <span>{name}</span>
      {opens && <ChevronRight aria-hidden size="1em" />}
    </button>
  );
}
