import { useCallback } from 'react';
import { showToast } from '../design/components/toast.tsx';
import { toCallError } from '../engine/hooks.ts';
import { link } from '../engine/link.ts';
import { useMessageOf, useTexts } from '../texts/use-texts.ts';

/** Fetches pictures by their addresses into the library, and says how that went. */
export function useFetchPictures(): (addresses: string[]) => Promise<void> {
  const { folders } = useTexts();
  const messageOf = useMessageOf();
  return useCallback(
    async (addresses) => {
      showToast(folders.fetching(addresses.length));
      try {
        const fetched = await link.call('web.fetch', { addresses });
        const kept = fetched.filter(({ path }) => path !== null).length;
        if (kept > 0) showToast(folders.fetched(kept));
        for (const { error } of fetched) {
          if (error !== null) showToast(messageOf(error), { kind: 'problem' });
        }
      } catch (error) {
        showToast(messageOf(toCallError(error)), { kind: 'problem' });
      }
    },
    [folders, messageOf],
  );
}
