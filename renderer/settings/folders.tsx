import { FolderPlus, FolderSearch, Link, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { privacy } from '../../app/contract/models/root.ts';
import type { Output } from '../../app/contract/procedures.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { RemoveButton } from '../design/components/remove-button.tsx';
import { Select } from '../design/components/select.tsx';
import { showToast } from '../design/components/toast.tsx';
import { useCallOf, useQueryOf } from '../engine/hooks.ts';
import { FetchDialog } from '../folders/fetch-dialog.tsx';
import { useAddFolders } from '../folders/use-add-folders.ts';
import { useFolderChoice } from '../folders/use-folder-choice.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { FolderNotes } from './folder-notes.tsx';
import { FolderPrivacies } from './folder-privacy.tsx';
import { FolderRule } from './folder-rule.tsx';
import { SettingRow } from './setting-row.tsx';
import { TextRow } from './text-row.tsx';
import './folders.css';

type Root = Output<'root.list'>[number];
type RootSummary = Output<'root.summary'>[number];

/** The watched folders: what is in each, what happens to photos that appear there, and where they may be sent. */
export function Folders() {
  const texts = useTexts();
  const { data: roots, error } = useQueryOf('root.list', {});
  const { data: summaries } = useQueryOf('root.summary', {});
  const adding = useAddFolders();
  const { choose, picker } = useFolderChoice(texts.folders.addTitle, (paths) => void adding.add(paths));
  const [isFetching, setIsFetching] = useState(false);
  const wrong = error ?? adding.error;
  return (
    <>
      {wrong !== null && <ErrorBanner error={wrong} />}
      {roots?.map((root) => (
        <Folder key={root.id} root={root} summary={summaries?.find(({ rootId }) => rootId === root.id)} />
      ))}
      <div className="run-steps">
        <Button kind="primary" icon={FolderPlus} onClick={choose}>
          {texts.folders.add}
        </Button>
        <Button
          icon={Link}
          onClick={() => {
            setIsFetching(true);
          }}
        >
          {texts.folders.fetchTitle}
        </Button>
      </div>
      {picker}
      {isFetching && (
        <FetchDialog
          onClose={() => {
            setIsFetching(false);
          }}
        />
      )}
    </>
  );
}

function Folder({ root, summary }: { readonly root: Root; readonly summary: RootSummary | undefined }) {
  const texts = useTexts();
  const set = useCallOf('root.set');
  const scan = useCallOf('root.scan');
  const error = set.error ?? scan.error;
  const rootId = root.id;
  const ignore = async (text: string): Promise<void> => {
    const saved = await set.call({ rootId, ignorePatterns: parsePatterns(text) });
    // What was left out until now is found, and what is left out from now on is no more looked for.
    if (saved !== undefined) await scan.call({ rootIds: [rootId] });
  };
  return (
    <article className="folder" aria-label={root.path}>
      <header className="folder-head">
        <div className="folder-words">
          <strong>{root.path}</strong>
          <span className="setting-hint">{factsOf(root, summary)}</span>
        </div>
        <Button
          icon={RefreshCw}
          disabled={scan.isCalling}
          onClick={() => void scan.call({ rootIds: [rootId] })}
        >
          {texts.folders.scan}
        </Button>
        <Relink root={root} />
        <Remove root={root} photos={summary?.photos ?? 0} />
      </header>
      {error !== null && <ErrorBanner error={error} />}
      <SettingRow label={texts.folders.privacy} hint={texts.folders.privacyHints[root.privacy]}>
        <Select
          label={texts.folders.privacy}
          value={root.privacy}
          options={privacy.options.map((value) => ({ value, label: texts.folders.privacies[value] }))}
          onChange={(chosen) => void set.call({ rootId, privacy: chosen })}
        />
      </SettingRow>
      <FolderRule root={root} onChange={async (rule) => (await set.call({ rootId, rule })) !== undefined} />
      <details className="folder-more">
        <summary>{texts.folders.more}</summary>
        <FolderPrivacies root={root} />
        <FolderNotes root={root} />
        <TextRow
          label={texts.folders.ignore}
          hint={texts.folders.ignoreHint}
          value={root.ignorePatterns.join('\n')}
          lines={2}
          onSave={ignore}
        />
      </details>
    </article>
  );

  function factsOf({ state }: Root, counts: RootSummary | undefined): string {
    const parts = state === 'offline' ? [texts.folders.offline] : [];
    if (counts === undefined) return parts.join(' · ');
    parts.push(texts.common.photos(counts.photos), texts.folders.described(counts.described));
    if (counts.problems > 0) parts.push(texts.folders.problems(counts.problems));
    if (counts.missing > 0) parts.push(texts.folders.missing(counts.missing));
    if (counts.scanningFiles !== null) parts.push(texts.status.scanning(counts.scanningFiles));
    return parts.join(' · ');
  }
}

/** A pattern on each line. */
function parsePatterns(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The folder is somewhere else now. */
function Relink({ root }: { readonly root: Root }) {
  const texts = useTexts();
  const { call, error } = useCallOf('root.relink');
  const { choose, picker } = useFolderChoice(
    texts.folders.relinkTitle,
    ([path]) => void call({ rootId: root.id, path }),
  );
  return (
    <>
      <Button icon={FolderSearch} onClick={choose}>
        {texts.folders.relink}
      </Button>
      {picker}
      {error !== null && <ErrorBanner error={error} />}
    </>
  );
}

function Remove({ root, photos }: { readonly root: Root; readonly photos: number }) {
  const texts = useTexts();
  const { call, isCalling, error } = useCallOf('root.remove');
  const remove = async (): Promise<unknown> => {
    const removed = await call({ rootId: root.id });
    if (removed !== undefined) showToast(texts.folders.removed(removed.photos));
    return removed;
  };
  return (
    <RemoveButton
      icon={Trash2}
      label={texts.folders.remove}
      title={texts.folders.removeTitle}
      agree={texts.folders.removePhotos(photos)}
      isCalling={isCalling}
      error={error}
      onRemove={remove}
    >
      {texts.folders.removeText}
    </RemoveButton>
  );
}
