import { MessageCircleQuestion, Square } from 'lucide-react';
import { useDeferredValue, useId, useRef, useState } from 'react';
import { Banner, ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { Select } from '../design/components/select.tsx';
import { useQueryOf, useStream } from '../engine/hooks.ts';
import { formatRoute } from '../routes.ts';
import { formatMoney } from '../texts/format.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { useQuestionFocus } from './focus-question.ts';
import { Threads } from './threads.tsx';
import type { AskedVideo } from './timed-answer.tsx';
import { AskedPhotos } from './asked-photos.tsx';
import { type AskedPart, AddressChoice, PartOfPhoto, MomentOfVideo } from './ask-choices.tsx';
import { StreamingAnswer } from './streaming-answer.tsx';

import './ask.css';

type AskPanelProps = {
  /** In the order in which the model sees them: all go along with one question. */
  readonly assetIds: readonly number[];
  /** Of several photos, addresses of small pictures: shown with the numbers by which an answer names them. */
  readonly pictures?: ReadonlyMap<number, string>;
  readonly part?: AskedPart;
  /** Of one video, a moment may be asked about, and answers name times. */
  readonly video?: AskedVideo;
};

/**
 * A question about a photo, a part of it, or several photos at once: its price before, the answer as it is written, and what
 * was asked before.
 */
export function AskPanel({ assetIds, pictures, part, video }: AskPanelProps) {
  const texts = useTexts();
  const language = useLanguage();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useQuestionFocus(field);
  const [question, setQuestion] = useState('');
  // A thread and its photos: of a question in parts, those of its part.
  const [goingOn, setGoingOn] = useState<{ threadId: number; assetIds: readonly number[] }>();
  const threadId = goingOn?.threadId;
  const [chosen, setChosen] = useState<string>();
  const [sendsAddresses, setSendsAddresses] = useState(false);
  const settings = useQueryOf('setting.get', {});
  const connections = useQueryOf('connection.list', {});
  const stream = useStream('thread.ask');

  // What was answered stands below, and the field is free for the next question.
  const [answered, setAnswered] = useState(stream.output);
  if (stream.output !== answered) {
    setAnswered(stream.output);
    if (stream.output !== undefined) setQuestion('');
  }
  const region = part?.region ?? null;
  const moment = video?.moment ?? null;
  const able = (connections.data ?? []).filter(({ kind }) => kind !== 'built-in' && kind !== 'azure-vision');
  const usual = able.find((known) => known.id === settings.data?.defaultConnectionId) ?? able[0];
  const connection = able.find((known) => String(known.id) === chosen) ?? usual;
  const text = question.trim();
  const planned = useDeferredValue(text);
  const about = {
    assetIds: [...(goingOn?.assetIds ?? assetIds)],
    ...(threadId === undefined ? {} : { threadId }),
    ...(region === null ? {} : { crop: region }),
    ...(moment === null ? {} : { moment }),
  };
  const plan = useQueryOf(
    'thread.plan',
    { ...about, question: planned === '' ? '?' : planned, connectionId: connection?.id ?? 0 },
    // Of several photos it is also known from it which go into one request.
    { enabled: connection !== undefined && (planned !== '' || assetIds.length > 1), keepsPrevious: true },
  );
  const parts = partsOf(goingOn?.assetIds ?? assetIds, plan.data?.parts);
  const cost = plan.data?.costMicroUsd;

  const ofOne = video === undefined ? texts.ask.example : texts.ask.exampleOfVideo;
  const example = assetIds.length === 1 ? ofOne : texts.ask.exampleOfMany;

  const ask = (): void => {
    if (connection === undefined || text === '' || stream.isStreaming) return;
    const asked = {
      ...about,
      question: text,
      connectionId: connection.id,
      ...(sendsAddresses && { sendsAddresses }),
    };
    if (parts.length === 1) stream.start(asked);
    else stream.start(...parts.map((ids) => ({ ...asked, assetIds: [...ids] })));
  };

  if (connections.data !== undefined && connection === undefined) {
    return (
      <div className="ask">
        <Banner title={texts.ask.cannotTitle}>{texts.ask.cannot}</Banner>
        <a href={formatRoute({ view: 'settings', section: 'connections' })}>{texts.ask.toConnections}</a>
        <Threads assetIds={assetIds} />
      </div>
    );
  }
  return (
    <div className="ask">
      {pictures !== undefined && <AskedPhotos parts={parts} pictures={pictures} />}
      <form
        className="ask-form"
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <label htmlFor={id} className="own-text-label">
          {threadId === undefined ? texts.ask.question(assetIds.length) : texts.ask.goOn}
        </label>
        <textarea
          ref={field}
          id={id}
          className="own-text-input ask-question"
          rows={3}
          maxLength={10_000}
          placeholder={example}
          value={question}
          onChange={(event) => {
            setQuestion(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
            else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) ask();
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
        {part !== undefined && <PartOfPhoto part={part} />}
        {video !== undefined && <MomentOfVideo video={video} />}
        {connection !== undefined && (
          <div className="ask-row">
            <Select
              label={texts.ask.who}
              value={String(connection.id)}
              options={able.map((known) => ({ value: String(known.id), label: known.name }))}
              onChange={setChosen}
            />
          </div>
        )}
        {plan.data !== undefined && plan.data.addresses > 0 && text !== '' && (
          <AddressChoice sendsAddresses={sendsAddresses} onChange={setSendsAddresses} />
        )}
        {plan.data !== undefined && text !== '' && (
          <p className="photo-quiet">
            {texts.ask.plan(
              plan.data.imageTokens,
              plan.data.maxCostMicroUsd === null
                ? texts.common.unknownPrice
                : texts.common.upTo(formatMoney(plan.data.maxCostMicroUsd, language)),
            )}
          </p>
        )}
        {plan.error !== null && text !== '' && <ErrorBanner error={plan.error} />}
        <div className="ask-row">
          {stream.isStreaming ? (
            // A button of its own: one that turned into “Ask” while it is pressed would ask once more.
            <Button key="stop" icon={Square} onClick={stream.stop}>
              {texts.ask.stop}
            </Button>
          ) : (
            <Button
              key="ask"
              kind="primary"
              type="submit"
              icon={MessageCircleQuestion}
              disabled={text === ''}
            >
              {cost === undefined || cost === null || text === ''
                ? texts.ask.ask
                : texts.ask.askFor(formatMoney(cost, language))}
            </Button>
          )}
          {threadId !== undefined && !stream.isStreaming && (
            <Button
              kind="quiet"
              onClick={() => {
                setGoingOn(undefined);
              }}
            >
              {texts.ask.newThread}
            </Button>
          )}
        </div>
      </form>
      {stream.error !== null && <ErrorBanner error={stream.error} />}
      {stream.isStreaming && <StreamingAnswer parts={stream.parts} />}
      {parts.map((ids, index) => (
        <Threads
          key={ids.join(' ')}
          assetIds={ids}
          title={parts.length === 1 ? texts.ask.threads : texts.ask.threadsOfPart(index + 1)}
          {...(video === undefined ? {} : { video })}
          onGoOn={(thread) => {
            setGoingOn({ threadId: thread, assetIds: ids });
            setQuestion('');
          }}
        />
      ))}
    </div>
  );
}

/** As planned, if the plan is about these photos: that of another question may still be shown. Of one photo there is no other. */
function partsOf(
  assetIds: readonly number[],
  planned: readonly (readonly number[])[] | undefined,
): readonly (readonly number[])[] {
  const isOfThese = assetIds.length > 1 && planned?.flat().join(' ') === assetIds.join(' ');
  return isOfThese ? (planned ?? [assetIds]) : [assetIds];
}
