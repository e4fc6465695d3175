import { Link } from 'lucide-react';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import { FetchDialog } from './fetch-dialog.tsx';
import { useFetchPictures } from './use-fetch-pictures.ts';
import { webAddressesIn } from './web-addresses.ts';

/** Addresses of pictures that are pasted or dropped onto the window are fetched: they become photos of the library. */
export function WebPictures() {
  const fetchPictures = useFetchPictures();
  const fetchAll = useEffectEvent(fetchPictures);
  const [isAsking, setIsAsking] = useState(false);
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'pictures.fetch',
        group: 'edit',
        title: (texts) => texts.folders.fetchTitle,
        icon: Link,
        run: () => {
          setIsAsking(true);
        },
      },
    ],
    [],
  );
  useCommands(commands);
  useEffect(() => {
    // What is dragged within the window is one of its own pictures or links.
    let isOwnDrag = false;
    const listeners = new AbortController();
    const { signal } = listeners;
    const bringsAddress = ({ dataTransfer }: DragEvent): boolean =>
      !isOwnDrag &&
      dataTransfer !== null &&
      dataTransfer.types.includes('text/uri-list') &&
      !dataTransfer.types.includes('Files');
    window.addEventListener('dragstart', () => (isOwnDrag = true), { signal, capture: true });
    window.addEventListener('dragend', () => (isOwnDrag = false), { signal, capture: true });
    window.addEventListener(
      'dragover',
      (event) => {
        if (bringsAddress(event)) event.preventDefault();
      },
      { signal },
    );
    window.addEventListener(
      'drop',
      (event) => {
        if (!bringsAddress(event)) return;
        event.preventDefault();
        const addresses = webAddressesIn(event.dataTransfer?.getData('text/uri-list') ?? '');
        if (addresses.length > 0) void fetchAll(addresses);
      },
      { signal },
    );
    window.addEventListener(
      'paste',
      (event) => {
        // In a field it is text like any other.
        if (isField(event.target)) return;
        const addresses = webAddressesIn(event.clipboardData?.getData('text/plain') ?? '');
        if (addresses.length === 0) return;
        event.preventDefault();
        void fetchAll(addresses);
      },
      { signal },
    );
    return () => {
      listeners.abort();
    };
  }, []);
  return isAsking ? (
    <FetchDialog
      onClose={() => {
        setIsAsking(false);
      }}
    />
  ) : null;
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, [contenteditable=true]') !== null;
}
