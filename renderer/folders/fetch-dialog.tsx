import { useState } from 'react';
import { Button } from '../design/components/button.tsx';
import { Dialog } from '../design/components/dialog.tsx';
import { TextArea } from '../design/components/text-area.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { useFetchPictures } from './use-fetch-pictures.ts';
import { webAddressesIn } from './web-addresses.ts';

/** Where pictures are named by their addresses, for whoever does not know that pasting one anywhere does the same. */
export function FetchDialog({ onClose }: { readonly onClose: () => void }) {
  const { common, folders } = useTexts();
  const fetchPictures = useFetchPictures();
  const [text, setText] = useState('');
  const addresses = webAddressesIn(text);
  const isEmpty = text.trim() === '';
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={folders.fetchDialog}
      actions={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button
            kind="primary"
            disabled={addresses.length === 0}
            onClick={() => {
              void fetchPictures(addresses);
              onClose();
            }}
          >
            {folders.fetch(addresses.length)}
          </Button>
        </>
      }
    >
      <TextArea
        label={folders.fetchLabel}
        hint={folders.fetchHint}
        error={isEmpty || addresses.length > 0 ? undefined : folders.fetchWrong}
        rows={4}
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
    </Dialog>
  );
}
