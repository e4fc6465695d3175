import { useEffect, useEffectEvent } from 'react';
import { showToast } from '../design/components/toast.tsx';
import { toCallError } from '../engine/hooks.ts';
import { link } from '../engine/link.ts';
import { useMessageOf, useTexts } from '../texts/use-texts.ts';
import { webAddressesIn } from './web-addresses.ts';

/** Addresses of pictures that are pasted or dropped onto the window are fetched: they become photos of the library. */
export function WebPictures() {
  const texts = useTexts();
  const messageOf = useMessageOf();
  const fetchAll = useEffectEvent(async (addresses: string[]): Promise<void> => {
    showToast(texts.folders.fetching(addresses.length));
    try {
      const fetched = await link.call('web.fetch', { addresses });
      const kept = fetched.filter(({ path }) => path !== null).length;
      if (kept > 0) showToast(texts.folders.fetched(kept));
      for (const { error } of fetched) {
        if (error !== null) showToast(messageOf(error), { kind: 'problem' });
      }
    } catch (error) {
      showToast(messageOf(toCallError(error)), { kind: 'problem' });
    }
  });
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
  return null;
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, [contenteditable=true]') !== null;
}
