import { Plus } from 'lucide-react';
import { useState } from 'react';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { useTexts } from '../texts/use-texts.ts';
import { AddConnection } from './add-connection.tsx';
import { ConnectionCard } from './connection-card.tsx';
import './connections.css';

/** Who describes: each service that was set up, whether it works, and setting up another. */
export function Connections() {
  const texts = useTexts();
  const { data: connections, error } = useQueryOf('connection.list', {});
  const [isAdding, setIsAdding] = useState(false);
  return (
    <>
      {error !== null && <ErrorBanner error={error} />}
      {connections?.map((connection) => (
        <ConnectionCard key={connection.id} connection={connection} />
      ))}
      <div>
        <Button
          kind="primary"
          icon={Plus}
          onClick={() => {
            setIsAdding(true);
          }}
        >
          {texts.connections.add}
        </Button>
      </div>
      <AddConnection
        isOpen={isAdding}
        onClose={() => {
          setIsAdding(false);
        }}
      />
    </>
  );
}
