import { Captions, Reply, Tags, Trash2 } from 'lucide-react';
import type { ThreadAnswer, ThreadSummary } from '../../app/contract/procedures/thread.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button, IconButton } from '../design/components/button.tsx';
import { showToast } from '../design/components/toast.tsx';
import { DateTime, Money } from '../design/components/values.tsx';
import { useCallOf, useQueryOf } from '../engine/hooks.ts';
import { link } from '../engine/link.ts';
import { useMessageOf, useTexts } from '../texts/use-texts.ts';
import { toClock } from '../photo/moments.ts';
import { showProblem } from '../edits/edit-photos.ts';
import { TimedAnswer, type AskedVideo } from './timed-answer.tsx';

type ThreadsProps = {
  readonly assetIds: readonly number[];
  readonly title?: string;
  readonly onGoOn?: (threadId: number) => void;
  /** Of one video alone. */
  readonly video?: AskedVideo;
};

/** What was asked before, newest first: about a photo, alone or with others; about several photos, exactly these. */
export function Threads({ assetIds, title, onGoOn, video }: ThreadsProps) {
  const texts = useTexts();
  const [first = 0] = assetIds;
  const { data, error } = useQueryOf('thread.list', { assetId: first, limit: 50 });
  if (error !== null) return <ErrorBanner error={error} />;
  const threads = data?.threads.filter(
    (thread) =>
      // The first answer of a conversation stands above while it is written.
      (thread.questions > 1 || !thread.isAsking) &&
      (assetIds.length === 1 ||
        (thread.photos === assetIds.length && thread.assetIds.every((id) => assetIds.includes(id)))),
  );
  if (threads === undefined || threads.length === 0) return null;
  return (
    <section>
      <h2 className="photo-heading">{title ?? texts.ask.threads}</h2>
      <ul className="threads">
        {threads.map((thread) => (
          <Thread
            key={thread.id}
            thread={thread}
            assetIds={assetIds}
            {...(onGoOn === undefined ? {} : { onGoOn })}
            {...(video === undefined ? {} : { video })}
          />
        ))}
      </ul>
    </section>
  );
}

function Thread({
  thread,
  assetIds,
  onGoOn,
  video,
}: Omit<ThreadsProps, 'title'> & { readonly thread: ThreadSummary }) {
  const texts = useTexts();
  const { data } = useQueryOf('thread.get', { id: thread.id });
  const remove = useCallOf('thread.remove');
  return (
    <li>
      <article className="thread" aria-label={thread.question}>
        {data?.answers
          .filter(({ state }) => state !== 'asking')
          .map((answer) => (
            <Answer key={answer.id} answer={answer} assetIds={assetIds} video={video} />
          ))}
        {remove.error !== null && <ErrorBanner error={remove.error} />}
        <div className="ask-row">
          {onGoOn !== undefined && (
            <Button
              kind="quiet"
              icon={Reply}
              onClick={() => {
                onGoOn(thread.id);
              }}
            >
              {texts.ask.goOn}
            </Button>
          )}
          <IconButton
            icon={Trash2}
            label={texts.ask.removeThread}
            disabled={thread.isAsking || remove.isCalling}
            onClick={() => void remove.call({ id: thread.id })}
          />
        </div>
      </article>
    </li>
  );
}

type AnswerProps = {
  readonly answer: ThreadAnswer;
  readonly assetIds: readonly number[];
  readonly video: AskedVideo | undefined;
};

function Answer({ answer, assetIds, video }: AnswerProps) {
  const texts = useTexts();
  const use = async (as: 'caption' | 'keywords'): Promise<void> => {
    try {
      const { keywords } = await link.call('thread.use', {
        answerId: answer.id,
        as,
        assetIds: [...assetIds],
      });
      const unuse = async (): Promise<void> => {
        try {
          await link.call('thread.unuse', { answerId: answer.id, as });
        } catch (error) {
          showProblem(error);
        }
      };
      showToast(as === 'caption' ? texts.ask.usedAsCaption : texts.ask.usedAsKeywords(keywords.join(', ')), {
        action: { label: texts.library.undo, run: () => void unuse() },
      });
    } catch (error) {
      showProblem(error);
    }
  };
  const isUsable = answer.answer !== null && answer.answer.trim() !== '' && answer.finishReason !== 'refused';
  return (
    <div className="thread-answer">
      <p className="thread-question">{answer.question}</p>
      {answer.answer !== null && (
        <TimedAnswer answer={answer.answer} video={answer.assetIds.length === 1 ? video : undefined} />
      )}
      {answer.state === 'partial' && <p className="photo-quiet">{texts.ask.partial}</p>}
      {answer.error !== null && <WhatWentWrong answer={answer} error={answer.error} />}
      <p className="photo-quiet">
        {answer.modelAnswered ?? answer.connection} · <DateTime ms={answer.askedAtMs} /> ·{' '}
        {answer.crop === null ? '' : `${texts.ask.aPart} · `}
        {answer.moment === null
          ? ''
          : `${texts.ask.momentIs(toClock(answer.moment.startMs), toClock(answer.moment.endMs))} · `}
        <Money microUsd={answer.costMicroUsd} />
      </p>
      {isUsable && (
        <div className="ask-row">
          <Button icon={Captions} onClick={() => void use('caption')}>
            {texts.ask.useAsCaption}
          </Button>
          <Button icon={Tags} onClick={() => void use('keywords')}>
            {texts.ask.addAsKeywords}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Who stopped it knows so: that is no problem, and is said once. */
function WhatWentWrong({
  answer,
  error,
}: {
  readonly answer: ThreadAnswer;
  readonly error: NonNullable<ThreadAnswer['error']>;
}) {
  const messageOf = useMessageOf();
  if (error.code !== 'canceled') return <ErrorBanner error={error} />;
  return answer.state === 'partial' ? null : <p className="photo-quiet">{messageOf(error)}</p>;
}
