import { useState } from 'react';
import { privacy } from '../../app/contract/models/root.ts';
import type { Output } from '../../app/contract/procedures.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Select } from '../design/components/select.tsx';
import { useCallOf, useQueryOf } from '../engine/hooks.ts';
import { useTexts } from '../texts/use-texts.ts';
import { FolderBelow } from './folder-below.tsx';
import { SettingRow } from './setting-row.tsx';

/** Where the photos of folders inside a root may go, where that is not where the others may. */
export function FolderPrivacies({ root }: { readonly root: Output<'root.list'>[number] }) {
  const texts = useTexts();
  const rootId = root.id;
  const { data } = useQueryOf('folder.listPrivacies', {});
  const { call, error } = useCallOf('folder.setPrivacy');
  const [added, setAdded] = useState<readonly string[]>([]);
  if (data === undefined) return null;
  const own = new Map(
    data.filter((folder) => folder.rootId === rootId).map((folder) => [folder.relativePath, folder.privacy]),
  );
  const below = [...new Set([...own.keys(), ...added])].toSorted();
  return (
    <>
      {error !== null && <ErrorBanner error={error} />}
      {below.map((relativePath) => (
        <SettingRow
          key={relativePath}
          label={texts.folders.privacyOf(relativePath)}
          hint={texts.folders.privacyHints[own.get(relativePath) ?? root.privacy]}
        >
          <Select
            label={texts.folders.privacyOf(relativePath)}
            value={own.get(relativePath) ?? root.privacy}
            options={privacy.options.map((value) => ({ value, label: texts.folders.privacies[value] }))}
            onChange={(chosen) => {
              // What is as around it is not kept: its line stays until somebody leaves.
              setAdded([...added, relativePath]);
              void call({ rootId, relativePath, privacy: chosen });
            }}
          />
        </SettingRow>
      ))}
      <FolderBelow
        rootId={rootId}
        label={texts.folders.privacyElsewhere}
        placeholder={texts.folders.noteElsewhereExample}
        taken={below}
        onChoose={(path) => {
          setAdded([...added, path]);
        }}
      />
    </>
  );
}
