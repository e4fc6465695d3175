import { useState } from 'react';
import { Button } from '../../design/components/button.tsx';
import { Dialog } from '../../design/components/dialog.tsx';
import { Field } from '../../design/components/field.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import type { Objects } from './use-objects.ts';

/** Gives an object another name. */
export function NameDialog({ objects }: { readonly objects: Objects }) {
  const texts = useTexts();
  const { list, renaming } = objects;
  const label = renaming === undefined ? '' : (list[renaming]?.label ?? '');
  const [typed, setTyped] = useState<string>();
  const name = (typed ?? label).trim();
  const close = (): void => {
    setTyped(undefined);
    objects.startRenaming(undefined);
  };
  const save = (): void => {
    if (renaming !== undefined && name !== '' && name !== label) void objects.rename(renaming, name);
    close();
  };
  return (
    <Dialog
      isOpen={renaming !== undefined}
      onClose={close}
      title={texts.objects.newName(label)}
      actions={
        <>
          <Button onClick={close}>{texts.common.cancel}</Button>
          <Button kind="primary" disabled={name === ''} onClick={save}>
            {texts.objects.saveName}
          </Button>
        </>
      }
    >
      <Field
        label={texts.objects.nameLabel}
        value={typed ?? label}
        maxLength={100}
        onChange={(event) => {
          setTyped(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save();
        }}
      />
    </Dialog>
  );
}
