import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import { formatCount, formatPercent } from '../../texts/format.ts';
import './progress.css';

type ProgressProps = {
  /** What goes on: `Reading photos`. */
  readonly label: string;
  readonly done: number;
  /** `null` = not known yet: the number done is shown instead of a bar. */
  readonly total: number | null;
};

/** How far something is, always with its numbers; nothing turns without saying how long. */
export function Progress({ label, done, total }: ProgressProps) {
  const language = useLanguage();
  const texts = useTexts();
  const fraction = total === null || total === 0 ? null : Math.min(1, done / total);
  const numbers =
    total === null
      ? formatCount(done, language)
      : `${formatCount(done, language)} / ${formatCount(total, language)}`;
  return (
    <div className="progress">
      <div className="progress-line">
        <span>{label}</span>
        <span className="progress-numbers">{numbers}</span>
      </div>
      {fraction !== null && (
        <progress
          className="progress-track"
          aria-label={label}
          aria-valuetext={texts.common.percent(formatPercent(fraction, language))}
          value={fraction}
        />
      )}
    </div>
  );
}
