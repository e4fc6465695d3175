import { useState, type ReactNode } from 'react';
import { desktop } from '../engine/desktop-port.ts';
import { FolderPicker } from './folder-picker.tsx';

export type FolderChoice = {
  /** Asks a person. */
  readonly choose: () => void;
  /** Where the system has no dialog: the window's own, to be put beside the button. */
  readonly picker: ReactNode;
};

/** Lets a person choose folders: in the system's own dialog where there is one, else in ours. Never called with none. */
export function useFolderChoice(
  title: string,
  onChosen: (paths: readonly [string, ...string[]]) => void,
): FolderChoice {
  const [isOpen, setIsOpen] = useState(false);
  if (desktop !== undefined) {
    const { pickFolders } = desktop;
    const pick = async (): Promise<void> => {
      const [first, ...others] = await pickFolders();
      if (first !== undefined) onChosen([first, ...others]);
    };
    return { choose: () => void pick(), picker: null };
  }
  return {
    choose: () => {
      setIsOpen(true);
    },
    picker: (
      <FolderPicker
        isOpen={isOpen}
        title={title}
        onClose={() => {
          setIsOpen(false);
        }}
        onChoose={(path) => {
          setIsOpen(false);
          onChosen([path]);
        }}
      />
    ),
  };
}
