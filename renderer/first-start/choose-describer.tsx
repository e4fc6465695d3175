import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { Plus } from 'lucide-react';
import { useId, useState } from 'react';
import type { ConnectionId } from '../../app/contract/ids.ts';
import { AddConnection } from '../connections/add-connection.tsx';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { useTexts } from '../texts/use-texts.ts';

type ChooseDescriberProps = {
  /** `null`: built-in. */
  readonly chosen: ConnectionId | null;
  readonly onChoose: (connectionId: ConnectionId | null) => void;
};

/** Nobody at all, at once; a model on this machine; or a service that costs money. */
export function ChooseDescriber({ chosen, onChoose }: ChooseDescriberProps) {
  const texts = useTexts();
  const { data: connections, error } = useQueryOf('connection.list', {});
  const [isAdding, setIsAdding] = useState(false);
  const services = connections?.filter(({ kind }) => kind !== 'built-in') ?? [];
  return (
    <>
      {error !== null && <ErrorBanner error={error} />}
      <RadioGroup
        className="describers"
        aria-label={texts.firstStart.describerTitle}
        value={chosen ?? 'built-in'}
        onValueChange={(value) => {
          onChoose(services.find(({ id }) => id === value)?.id ?? null);
        }}
      >
        <Describer value="built-in" name={texts.firstStart.builtIn} note={texts.firstStart.builtInNote} />
        {services.map(({ id, name, isLocal }) => (
          <Describer
            key={id}
            value={id}
            name={name}
            note={isLocal ? texts.firstStart.localNote : texts.firstStart.paidNote}
          />
        ))}
      </RadioGroup>
      <div>
        <Button
          icon={Plus}
          onClick={() => {
            setIsAdding(true);
          }}
        >
          {texts.firstStart.addModel}
        </Button>
      </div>
      <AddConnection
        isOpen={isAdding}
        onClose={(connectionId) => {
          setIsAdding(false);
          if (connectionId !== undefined) onChoose(connectionId);
        }}
      />
    </>
  );
}

type DescriberProps = {
  readonly value: ConnectionId | 'built-in';
  readonly name: string;
  readonly note: string;
};

function Describer({ value, name, note }: DescriberProps) {
  const id = useId();
  return (
    <label className="describer" htmlFor={id}>
      <Radio.Root id={id} value={value} className="radio">
        <Radio.Indicator className="radio-dot" />
      </Radio.Root>
      <span className="describer-words">
        <strong>{name}</strong>
        <span className="first-start-quiet">{note}</span>
      </span>
    </label>
  );
}
