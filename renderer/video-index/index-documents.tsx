import { Trash2 } from 'lucide-react';
import type { ConnectionId } from '../../app/contract/ids.ts';
import { pictureUrl } from '../../app/contract/resource-url.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { IconButton } from '../design/components/button.tsx';
import { useCallOf, useQueryOf } from '../engine/hooks.ts';
import { fileNameOf } from '../photo/photo.ts';
import { formatRoute } from '../routes.ts';
import { useMessageOf, useTexts } from '../texts/use-texts.ts';
import type { VideoIndex } from './video-index.ts';

/** What is in an index, as the service has it: each video can be taken out. */
export function IndexDocuments({
  connectionId,
  index,
}: {
  readonly connectionId: ConnectionId;
  readonly index: VideoIndex;
}) {
  const { videoIndex } = useTexts();
  const messageOf = useMessageOf();
  const which = { connectionId, index: index.name };
  const { data: documents, error, isFetching, refetch } = useQueryOf('videoIndex.documents', which);
  const remove = useCallOf('videoIndex.remove');
  const takeOut = async (documentId: string): Promise<void> => {
    await remove.call({ ...which, documentIds: [documentId] });
    await refetch();
  };
  const wrong = error ?? remove.error;
  return (
    <div className="video-index-panel">
      {wrong !== null && <ErrorBanner error={wrong} />}
      <p role="status" className="setting-hint">
        {documents === undefined || isFetching || remove.isCalling
          ? videoIndex.asking
          : videoIndex.inIndex(documents.length)}
      </p>
      <ul className="video-index-hits">
        {documents?.map(({ documentId, assetId, path, error: problem }) => (
          <li key={documentId} className="video-index-row">
            {assetId === null ? (
              <span className="video-index-hit">
                <span className="video-index-words">
                  <strong>{videoIndex.unknownVideo}</strong>
                  <span className="setting-hint">{documentId}</span>
                </span>
              </span>
            ) : (
              <a
                className="video-index-hit"
                href={formatRoute({ view: 'photo', assetId, query: '', sort: null })}
              >
                <img src={pictureUrl('thumbnail', assetId, 0)} alt="" loading="lazy" />
                <span className="video-index-words">
                  <strong>{fileNameOf(path ?? '')}</strong>
                  {problem !== null && <span className="field-error">{messageOf(problem)}</span>}
                </span>
              </a>
            )}
            <IconButton
              icon={Trash2}
              label={videoIndex.takeOut(path === null ? documentId : fileNameOf(path))}
              disabled={remove.isCalling}
              onClick={() => void takeOut(documentId)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
