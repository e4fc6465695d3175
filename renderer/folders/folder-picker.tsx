import {
  ChevronRight,
  CornerLeftUp,
  FolderClosed,
  HardDrive,
  House,
  Images,
  type LucideIcon,
} from 'lucide-react';
import { useState } from 'react';
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
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={title}
      size="large"
      actions={
        <>
          <Button onClick={onClose}>{texts.common.cancel}</Button>
          <Button
            kind="primary"
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
      <div className="folder-picker">
        <ul className="folder-picker-places" aria-label={texts.folders.places}>
          {listing?.places.map((place) => (
            <li key={place.path}>
              <FolderButton
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
              onClick={() => {
                if (listing !== undefined && listing.parent !== null) setPath(listing.parent);
              }}
            />
            <span title={listing?.path}>{listing?.path}</span>
          </div>
          {error !== null && <ErrorBanner error={error} />}
          {listing !== undefined && listing.error !== null && <ErrorBanner error={listing.error} />}
          <ul className="folder-picker-list" aria-label={texts.folders.inside}>
            {listing?.folders.map((folder) => (
              <li key={folder.path}>
                <FolderButton
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

type FolderButtonProps = {
  readonly icon: LucideIcon;
  readonly name: string;
  readonly opens?: boolean;
  readonly onClick: () => void;
};

function FolderButton({ icon: Icon, name, opens = false, onClick }: FolderButtonProps) {
  return (
    <button type="button" className="folder-picker-button" onClick={onClick}>
      <Icon aria-hidden size="1.15em" />
      <span>{name}</span>
      {opens && <ChevronRight aria-hidden size="1em" />}
    </button>
  );
}
