import { useId, useState } from 'react';
import type { Output } from '../../app/contract/procedures.ts';
import { Field } from '../design/components/field.tsx';
import { useQueryOf } from '../engine/hooks.ts';

type FolderBelowProps = {
  readonly rootId: Output<'root.list'>[number]['id'];
  readonly label: string;
  readonly placeholder: string;
  readonly taken: readonly string[];
  readonly onChoose: (relativePath: string) => void;
};

/** Names a folder inside a root by typing a part of it; what fits is offered. Nothing is there where a root has none in it. */
export function FolderBelow({ rootId, label, placeholder, taken, onChoose }: FolderBelowProps) {
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
          label={label}
          placeholder={placeholder}
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
