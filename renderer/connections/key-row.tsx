import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { ConnectionId } from '../../app/contract/ids.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { Field } from '../design/components/field.tsx';
import { useCallOf, useQueryOf } from '../engine/hooks.ts';
import { useTexts } from '../texts/use-texts.ts';

/** The key of a connection: it can be given, replaced and taken away; nothing ever shows one. */
export function KeyRow({
  connectionId,
  onChanged,
}: {
  readonly connectionId: ConnectionId;
  readonly onChanged: () => void;
}) {
  const texts = useTexts();
  const [key, setKey] = useState('');
  const { data: state, error } = useQueryOf('secret.state', { connectionId });
  const set = useCallOf('secret.set');
  const remove = useCallOf('secret.remove');
  // One that may be kept beside the sign-in is not known of: it does not count.
  const from = state?.from === 'entra' ? null : state?.from;
  const wrong = error ?? set.error ?? remove.error;
  const save = async (): Promise<void> => {
    if ((await set.call({ connectionId, key })) === undefined) return;
    setKey('');
    onChanged();
  };
  const takeAway = async (): Promise<void> => {
    if ((await remove.call({ connectionId })) !== undefined) onChanged();
  };
  return (
    <>
      {wrong !== null && <ErrorBanner error={wrong} />}
      <Field
        label={texts.connections.key}
        type="password"
        autoComplete="off"
        hint={
          state === undefined
            ? ''
            : from === null || from === undefined
              ? texts.connections.noKey(texts.connections.keyPlaces[state.keptIn])
              : texts.connections.keyIs(texts.connections.keyPlaces[from])
        }
        value={key}
        onChange={(event) => {
          setKey(event.target.value);
        }}
      />
      <div className="run-steps">
        <Button icon={KeyRound} disabled={key.trim() === '' || set.isCalling} onClick={() => void save()}>
          {texts.connections.saveKey}
        </Button>
        {from !== undefined && from !== null && from !== 'environment' && (
          <Button disabled={remove.isCalling} onClick={() => void takeAway()}>
            {texts.connections.removeKey}
          </Button>
        )}
      </div>
    </>
  );
}
