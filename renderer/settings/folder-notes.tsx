import { useId, useState } from 'react';
import { longestFolderNote } from '../../app/contract/procedures/folder-note.ts';
import type { Output } from '../../app/contract/procedures.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Field } from '../design/components/field.tsx';
import { useCallOf, useQueryOf } from '../engine/hooks.ts';
import { useTexts } from '../texts/use-texts.ts';
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
        taken={below}
        onChoose={(path) => {
          setAdded([...added, path]);
        }}
      />
    </>
  );
}

type FolderBelowProps = {
  readonly rootId: Output<'root.list'>[number]['id'];
  readonly taken: readonly string[];
  readonly onChoose: (relativePath: string) => void;
};

/** Names a folder by typing a part of it; what fits is offered. Nothing is there where a folder has none in it. */
function FolderBelow({ rootId, taken, onChoose }: FolderBelowProps) {
  const texts = useTexts();
  const listId = useId();
  const [text, setText] = useState('');
  const { data } = useQueryOf('facet.folders', {});
  const paths = (data?.folders ?? [])
    .filter((folder) => folder.rootId === rootId && folder.depth > 0)
    .map(({ relativePath }) => relativePath)
    .filter((path) => !taken.includes(path));
  if (paths.length === 0) return null;
  return (
    <div className="setting-row">
      <div className="setting-text">
        <Field
          label={texts.folders.noteElsewhere}
          placeholder={texts.folders.noteElsewhereExample}
          list={listId}
          value={text}
          onChange={({ target }) => {
            const isChosen = paths.includes(target.value);
            setText(isChosen ? '' : target.value);
            if (isChosen) onChoose(target.value);
          }}
        />
        <datalist id={listId}>
          {paths.map((path) => (
            <option key={path} value={path}>
              {path}
            </option>
          ))}
        </datalist>
      </div>
    </div>
  );
}
