import { Film } from 'lucide-react';
import { useState } from 'react';
import type { Output } from '../../app/contract/procedures.ts';
import { Banner, ErrorBanner } from '../design/components/banner.tsx';
import { EmptyState } from '../design/components/empty-state.tsx';
import { Select } from '../design/components/select.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { View } from '../layout/view.tsx';
import { formatRoute } from '../routes.ts';
import { goTo, useRoute } from '../state/route.ts';
import { useTexts } from '../texts/use-texts.ts';
import { AdditionPanel } from './addition.tsx';
import { IndexDetail } from './index-detail.tsx';
import { NewIndex } from './new-index.tsx';
import { isOf, useAdditions } from './use-additions.ts';
import './video-index-view.css';

type ConnectionView = Output<'connection.list'>[number];

/** Indexes of videos of Azure AI Vision: retired by Microsoft, and of use where a server still offers them. */
export function VideoIndexView() {
  const texts = useTexts();
  const route = useRoute();
  const { data: connections, error } = useQueryOf('connection.list', {});
  const services = connections?.filter(({ kind }) => kind === 'azure-vision') ?? [];
  const wanted = route.view === 'video-index' ? route.connectionId : null;
  const service = services.find(({ id }) => id === wanted) ?? services[0];
  return (
    <View title={texts.videoIndex.title}>
      {error !== null && <ErrorBanner error={error} />}
      {connections !== undefined && service === undefined && (
        <EmptyState
          icon={Film}
          title={texts.videoIndex.noServiceTitle}
          actions={
            <a
              className="button button-primary"
              href={formatRoute({ view: 'settings', section: 'connections' })}
            >
              {texts.status.openSettings}
            </a>
          }
        >
          {texts.videoIndex.noService}
        </EmptyState>
      )}
      {service !== undefined && <Indexes key={service.id} service={service} services={services} />}
    </View>
  );
}

function Indexes({
  service,
  services,
}: {
  readonly service: ConnectionView;
  readonly services: readonly ConnectionView[];
}) {
  const texts = useTexts();
  const route = useRoute();
  const {
    data: indexes,
    error,
    isFetching,
    refetch,
  } = useQueryOf('videoIndex.list', { connectionId: service.id });
  // Of an index that is gone, or cannot be asked for now.
  const others = useAdditions(service.id).filter(
    (addition) => indexes?.some(({ name }) => isOf(addition, name)) !== true,
  );
  const [isRetiredKnown, setIsRetiredKnown] = useState(false);
  const wanted = route.view === 'video-index' ? route.index : null;
  const shown = indexes?.find(({ name }) => name === wanted) ?? indexes?.[0];
  const show = (index: string | null): void => {
    goTo({ view: 'video-index', connectionId: service.id, index });
  };
  return (
    <div className="video-index">
      {!isRetiredKnown && (
        <Banner
          onDismiss={() => {
            setIsRetiredKnown(true);
          }}
        >
          {texts.videoIndex.retired}
        </Banner>
      )}
      <div className="video-index-head">
        {services.length > 1 && (
          <Select
            label={texts.videoIndex.service}
            value={String(service.id)}
            options={services.map(({ id, name }) => ({ value: String(id), label: name }))}
            onChange={(id) => {
              goTo({ view: 'video-index', connectionId: Number(id), index: null });
            }}
          />
        )}
        {indexes !== undefined && indexes.length > 1 && shown !== undefined && (
          <Select
            label={texts.videoIndex.index}
            value={shown.name}
            options={indexes.map(({ name }) => ({ value: name, label: name }))}
            onChange={show}
          />
        )}
        {indexes !== undefined && (
          <NewIndex
            connectionId={service.id}
            onMade={async (name) => {
              await refetch();
              show(name);
            }}
          />
        )}
      </div>
      {error !== null && !isFetching && <ErrorBanner error={error} />}
      {others.map((addition) => (
        <AdditionPanel key={addition.index} addition={addition} />
      ))}
      {indexes === undefined && isFetching && <p className="setting-hint">{texts.videoIndex.asking}</p>}
      {indexes?.length === 0 && (
        <EmptyState icon={Film} title={texts.videoIndex.noneTitle}>
          {texts.videoIndex.none}
        </EmptyState>
      )}
      {shown !== undefined && (
        <IndexDetail
          key={shown.name}
          connectionId={service.id}
          index={shown}
          onDeleted={async () => {
            await refetch();
            show(null);
          }}
        />
      )}
    </div>
  );
}
