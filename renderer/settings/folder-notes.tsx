import { useState } from 'react';
import { longestFolderNote } from '../../app/contract/procedures/folder-note.ts';
import type { Output } from '../../app/contract/procedures.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { useCallOf, useQueryOf } from '../engine/hooks.ts';
import { useTexts } from '../texts/use-texts.ts';
import { FolderBelow } from './folder-below.tsx';
import { TextRow } from './text-row.tsx';

/** What whoever describes is told of a folder and of folders in it, such as the event. */
export function FolderNotes({ root: { id: rootId } }: { readonly root: Output<'root.list'>[number] }) {
  const texts = useTexts();
  const { data: notes } = useQueryOf('folder.listNotes', {});
  const { call, error } = useCallOf('folder.setNote');
  const [added, setAdded] = useState<readonly string[]>([]);
  if (notes === undefined) return null;
  const own = new Map(
    notes.filter((note) => note.rootId === rootId).map(({ relativePath, note }) => [relativePath, note]),
  );
  const below = [...new Set([...own.keys(), ...added])].filter((path) => path !== '').toSorted();
  const save = (relativePath: string, note: string): Promise<unknown> => call({ rootId, relativePath, note });
  return (
    <>
      {error !== null && <ErrorBanner error={error} />}
      <TextRow
        label={texts.folders.note}
        hint={texts.folders.noteHint}
        value={own.get('') ?? ''}
        maxLength={longestFolderNote}
        onSave={(note) => save('', note)}
      />
      {below.map((path) => (
        <TextRow
          key={path}
          label={texts.folders.noteOn(path)}
          hint={texts.folders.noteBelowHint}
          value={own.get(path) ?? ''}
          maxLength={longestFolderNote}
          onSave={(note) => save(path, note)}
        />
      ))}
      <FolderBelow
        rootId={rootId}
        label={texts.folders.noteElsewhere}
        placeholder={texts.folders.noteElsewhereExample}
        taken={below}
        onChoose={(path) => {
          setAdded([...added, path]);
        }}
      />
    </>
  );
}
