import { useEffect, useEffectEvent, useState } from 'react';
import { desktop } from '../engine/desktop-port.ts';
import { showToast } from '../design/components/toast.tsx';
import { link } from '../engine/link.ts';
import { toCallError } from '../engine/hooks.ts';
import { useMessageOf, useTexts } from '../texts/use-texts.ts';
import './drop-folders.css';

/**
 * Folders that are dragged from the file manager onto the window become folders of the library. Files among them do not:
 * what is watched is a folder. A browser does not say where a folder is, so there it is said how to add one.
 */
export function DropFolders() {
  const texts = useTexts();
  const messageOf = useMessageOf();
  const [isOver, setIsOver] = useState(false);
  const take = useEffectEvent(async (transfer: DataTransfer): Promise<void> => {
    const paths = pathsOf(transfer);
    if (desktop === undefined) {
      showToast(texts.folders.dropInBrowser, { kind: 'problem' });
      return;
    }
    if (paths.length === 0) showToast(texts.folders.dropNoFolder, { kind: 'problem' });
    for (const path of paths) {
      try {
        const { rootId } = await link.call('root.add', { path });
        showToast(texts.folders.added(path));
        await link.call('root.scan', { rootIds: [rootId] });
      } catch (error) {
        showToast(messageOf(toCallError(error)), { kind: 'problem' });
      }
    }
  });
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!bringsFiles(event)) return;
      // Otherwise the window would open the file in place of the app.
      event.preventDefault();
      setIsOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!bringsFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      setIsOver(false);
      void take(event.dataTransfer);
    };
    const listeners = new AbortController();
    const { signal } = listeners;
    window.addEventListener('dragover', over, { signal });
    window.addEventListener('dragleave', leave, { signal });
    window.addEventListener('drop', drop, { signal });
    return () => {
      listeners.abort();
    };
  }, []);
  return isOver ? (
    <div className="drop-folders">
      <p className="drop-folders-text">{texts.folders.dropHere}</p>
    </div>
  ) : null;
}

function bringsFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer !== null && dataTransfer.types.includes('Files');
}

/** Of the folders that were dropped. The list is only there while the event is handled. */
function pathsOf({ items }: DataTransfer): string[] {
  if (desktop === undefined) return [];
  const paths: string[] = [];
  for (const item of items) {
    const file = item.webkitGetAsEntry()?.isDirectory === true ? item.getAsFile() : null;
    if (file !== null) paths.push(desktop.pathOf(file));
  }
  return paths.filter((path) => path !== '');
}
