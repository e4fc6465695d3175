import { Search } from 'lucide-react';
import { useState } from 'react';
import type { ConnectionId } from '../../app/contract/ids.ts';
import type { Arguments, Output } from '../../app/contract/procedures.ts';
import { pictureUrl } from '../../app/contract/resource-url.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { Field } from '../design/components/field.tsx';
import { Select } from '../design/components/select.tsx';
import { useCallOf } from '../engine/hooks.ts';
import { toClock } from '../photo/moments.ts';
import { fileNameOf } from '../photo/photo.ts';
import { formatRoute } from '../routes.ts';
import { formatPercent } from '../texts/format.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import type { VideoIndex } from './video-index.ts';

type Hit = Output<'videoIndex.search'>[number];
type Narrowed = {
  readonly since: string;
  readonly until: string;
  readonly field: string;
  readonly value: string;
};

const anywhere: Narrowed = { since: '', until: '', field: '', value: '' };

/** Places in the videos of an index, by what is seen or said there; each opens its video at that time. */
export function FindInIndex({
  connectionId,
  index,
}: {
  readonly connectionId: ConnectionId;
  readonly index: VideoIndex;
}) {
  const { videoIndex } = useTexts();
  const { call, isCalling, error } = useCallOf('videoIndex.search');
  const [text, setText] = useState('');
  const [kind, setKind] = useState<'all' | 'vision' | 'speech'>('all');
  const [narrowed, setNarrowed] = useState(anywhere);
  const [hits, setHits] = useState<Output<'videoIndex.search'>>();
  const hasSpeech = index.features.includes('speech');
  const fields = index.fields.filter(({ filterable, type }) => filterable && type === 'string');
  const hasTimes = index.fields.some(({ name, filterable }) => name === 'captured' && filterable);
  const find = async (): Promise<void> => {
    setHits(
      await call({
        connectionId,
        index: index.name,
        text,
        limit: 30,
        ...(kind === 'all' ? {} : { features: [kind] }),
        ...filtersOf(narrowed),
      }),
    );
  };
  return (
    <div className="video-index-panel">
      <form
        className="video-index-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') void find();
        }}
      >
        <Field
          label={videoIndex.what}
          placeholder={videoIndex.whatLike}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
          }}
        />
        <div className="video-index-filters">
          {hasSpeech && (
            <Select
              label={videoIndex.kind}
              value={kind}
              options={(['all', 'vision', 'speech'] as const).map((value) => ({
                value,
                label: videoIndex.kinds[value],
              }))}
              onChange={setKind}
            />
          )}
          {hasTimes &&
            (['since', 'until'] as const).map((end) => (
              <Field
                key={end}
                type="date"
                label={videoIndex[end]}
                value={narrowed[end]}
                onChange={(event) => {
                  setNarrowed({ ...narrowed, [end]: event.target.value });
                }}
              />
            ))}
          {fields.length > 0 && (
            <Select
              label={videoIndex.field}
              value={narrowed.field}
              options={[
                { value: '', label: videoIndex.anyField },
                ...fields.map(({ name }) => ({ value: name, label: name })),
              ]}
              onChange={(field) => {
                setNarrowed({ ...narrowed, field });
              }}
            />
          )}
          {narrowed.field !== '' && (
            <Field
              label={videoIndex.valueOf(narrowed.field)}
              value={narrowed.value}
              onChange={(event) => {
                setNarrowed({ ...narrowed, value: event.target.value });
              }}
            />
          )}
        </div>
        <Button kind="primary" icon={Search} type="submit" disabled={text.trim() === '' || isCalling}>
          {videoIndex.find}
        </Button>
      </form>
      {error !== null && <ErrorBanner error={error} />}
      <p role="status" className="setting-hint">
        {isCalling ? videoIndex.asking : hits === undefined ? '' : videoIndex.found(hits.length)}
      </p>
      <ol className="video-index-hits">
        {hits?.map((hit) => (
          <li key={`${hit.documentId} ${String(hit.startMs)} ${hit.kind}`}>
            <HitLine hit={hit} />
          </li>
        ))}
      </ol>
    </div>
  );
}

/** As the contract takes them; what is empty is none. */
function filtersOf({
  since,
  until,
  field,
  value,
}: Narrowed): Pick<Arguments<'videoIndex.search'>, 'strings' | 'times'> {
  const times = {
    field: 'captured',
    ...(since === '' ? {} : { start: `${since}T00:00:00Z` }),
    ...(until === '' ? {} : { end: `${until}T23:59:59Z` }),
  };
  return {
    ...(since === '' && until === '' ? {} : { times: [times] }),
    ...(field === '' || value.trim() === '' ? {} : { strings: [{ field, values: [value.trim()] }] }),
  };
}

function HitLine({ hit }: { readonly hit: Hit }) {
  const { videoIndex } = useTexts();
  const language = useLanguage();
  const { assetId, path, kind, startMs, endMs, bestMs, relevance } = hit;
  const words = (
    <>
      <strong>{path === null ? videoIndex.unknownVideo : fileNameOf(path)}</strong>
      <span className="setting-hint">
        {`${toClock(startMs)}–${toClock(endMs)} · ${videoIndex.hits[kind]} · ${videoIndex.relevance(formatPercent(relevance, language))}`}
      </span>
    </>
  );
  if (assetId === null) return <div className="video-index-hit">{words}</div>;
  return (
    <a
      className="video-index-hit"
      href={formatRoute({ view: 'photo', assetId, query: '', sort: null, atMs: bestMs })}
    >
      <img src={pictureUrl('thumbnail', assetId, 0)} alt="" loading="lazy" />
      <span className="video-index-words">{words}</span>
    </a>
  );
}
