import { Redo2, Undo2 } from 'lucide-react';
import { redoEdit, undoEdit } from '../edits/edit-photos.ts';
import type { Command } from './command.ts';
import { useCommands } from './registry.ts';

/** What a person changed can be taken back and done again in every view; a field that they type in has its own way back. */
const editCommands: readonly Command[] = [
  {
    id: 'edit.undo',
    group: 'edit',
    title: (texts) => texts.photo.undo,
    icon: Undo2,
    keys: ['mod+z'],
    run: () => void undoEdit(),
  },
  {
    id: 'edit.redo',
    group: 'edit',
    title: (texts) => texts.photo.redo,
    icon: Redo2,
    keys: ['mod+shift+z', 'mod+y'],
    run: () => void redoEdit(),
  },
];

export function useEditCommands(): void {
  useCommands(editCommands);
}
