import { RefreshCw } from 'lucide-react';
import type { Arguments, Output } from '../../app/contract/procedures.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { useTexts } from '../texts/use-texts.ts';

type Settings = Arguments<'connection.save'>;
type Server = Output<'connection.discover'>[number];

/** Servers of models that run on this machine; their models that see pictures are to be chosen from. */
export function FoundServers({
  picked,
  onPick,
}: {
  readonly picked: Settings | undefined;
  readonly onPick: (settings: Settings) => void;
}) {
  const texts = useTexts();
  const { data: servers, error, isFetching, refetch } = useQueryOf('connection.discover', {});
  return (
    <div className="servers">
      {error !== null && <ErrorBanner error={error} />}
      <p aria-live="polite">
        {servers === undefined
          ? texts.connections.looking
          : servers.length === 0
            ? texts.connections.foundNone
            : texts.connections.found(servers.length)}
      </p>
      <ul className="servers">
        {servers?.flatMap((server) =>
          seeingModels(server).map((model) => (
            <li key={`${server.endpoint} ${model.id}`}>
              <button
                type="button"
                className="server"
                aria-pressed={picked?.endpoint === server.endpoint && picked.deployment === model.id}
                onClick={() => {
                  onPick({
                    kind: 'openai-compatible',
                    endpoint: server.endpoint,
                    deployment: model.id,
                    modelId: model.id,
                  });
                }}
              >
                <span className="server-words">
                  <strong>{model.id}</strong>
                  <span className="setting-hint">{`${texts.connections.servers[server.server]} · ${server.endpoint}`}</span>
                </span>
                <span className="setting-hint">{texts.connections.vision[model.vision]}</span>
              </button>
            </li>
          )),
        )}
      </ul>
      {servers?.map(
        (server) =>
          seeingModels(server).length === 0 && (
            <p key={server.endpoint} className="setting-hint">
              {texts.connections.noneSees(texts.connections.servers[server.server])}
            </p>
          ),
      )}
      <div>
        <Button icon={RefreshCw} disabled={isFetching} onClick={() => void refetch()}>
          {texts.connections.lookAgain}
        </Button>
      </div>
    </div>
  );
}

/** A model that is known to see nothing is not offered. */
function seeingModels({ models }: Server): Server['models'] {
  return models.filter(({ vision }) => vision !== 'no');
}
