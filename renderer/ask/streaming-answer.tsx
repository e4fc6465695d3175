import type { StreamOf } from '../engine/hooks.ts';
import { formatTime } from '../texts/format.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';

/** The answer as far as it is written. */
export function StreamingAnswer({ parts }: Pick<StreamOf<'thread.ask'>, 'parts'>) {
  const texts = useTexts();
  const language = useLanguage();
  const answer = parts.map((part) => ('text' in part ? part.text : '')).join('');
  const waiting = parts.findLast((part) => 'waitingUntilMs' in part);
  return (
    <section className="ask-answer" aria-label={texts.ask.answer} aria-live="polite" aria-busy>
      {answer === '' ? (
        <p className="photo-quiet">
          {waiting === undefined
            ? texts.ask.asking
            : texts.ask.waiting(formatTime(waiting.waitingUntilMs, 'time', language))}
        </p>
      ) : (
        <p className="ask-text">{answer}</p>
      )}
    </section>
  );
}
