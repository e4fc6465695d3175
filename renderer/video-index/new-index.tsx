import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { ConnectionId } from '../../app/contract/ids.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { Dialog } from '../design/components/dialog.tsx';
import { Field } from '../design/components/field.tsx';
import { Select } from '../design/components/select.tsx';
import { useCallOf } from '../engine/hooks.ts';
import { useTexts } from '../texts/use-texts.ts';
import { isIndexName } from './index-name.ts';

/** What Cutline knows of a video by itself, and fills in. */
const usualFields = [
  { name: 'captured', type: 'datetime' },
  { name: 'camera', type: 'string', searchable: true },
] as const;

type NewIndexProps = {
  readonly connectionId: ConnectionId;
  readonly onMade: (name: string) => Promise<void>;
};

/** A button, and the dialog behind it: an index has a name, and looks at videos, or listens to them as well. */
export function NewIndex({ connectionId, onMade }: NewIndexProps) {
  const { videoIndex, common } = useTexts();
  const { call, isCalling, error, forgetError } = useCallOf('videoIndex.create');
  const [isOpen, setIsOpen] = useState(false);
  const [name, setName] = useState('');
  const [takes, setTakes] = useState<'vision' | 'both'>('vision');
  const [ownField, setOwnField] = useState('');
  const isGood = isIndexName(name);
  const isFieldGood = ownField === '' || /^[a-z][a-z\d_-]{0,63}$/i.test(ownField);
  const close = (): void => {
    setIsOpen(false);
    forgetError();
  };
  const make = async (): Promise<void> => {
    const made = await call({
      connectionId,
      index: name,
      features: takes === 'both' ? ['vision', 'speech'] : ['vision'],
      fields: [
        ...usualFields,
        ...(ownField === '' ? [] : [{ name: ownField, type: 'string' as const, searchable: true }]),
      ],
    });
    if (made === undefined) return;
    close();
    setName('');
    await onMade(made.name);
  };
  return (
    <>
      <Button
        icon={Plus}
        onClick={() => {
          setIsOpen(true);
        }}
      >
        {videoIndex.newIndex}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={close}
        title={videoIndex.newTitle}
        actions={
          <>
            <Button onClick={close}>{common.cancel}</Button>
            <Button
              kind="primary"
              disabled={!isGood || !isFieldGood || isCalling}
              onClick={() => void make()}
            >
              {videoIndex.make}
            </Button>
          </>
        }
      >
        {error !== null && <ErrorBanner error={error} />}
        <Field
          label={videoIndex.name}
          hint={videoIndex.nameHint}
          error={name === '' || isGood ? undefined : videoIndex.nameWrong}
          value={name}
          onChange={(event) => {
            setName(event.target.value.trim());
          }}
        />
        <div className="field">
          <span className="field-label">{videoIndex.takes}</span>
          <Select
            label={videoIndex.takes}
            value={takes}
            options={(['vision', 'both'] as const).map((value) => ({
              value,
              label: videoIndex.takesAre[value],
            }))}
            onChange={setTakes}
          />
        </div>
        <Field
          label={videoIndex.ownField}
          hint={videoIndex.ownFieldHint}
          error={isFieldGood ? undefined : videoIndex.fieldWrong}
          value={ownField}
          onChange={(event) => {
            setOwnField(event.target.value.trim());
          }}
        />
      </Dialog>
    </>
  );
}
