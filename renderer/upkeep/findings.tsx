import { CircleAlert, CircleCheck, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { Finding } from '../../app/contract/finding.ts';
import { windowFindingMessage } from '../../app/contract/messages/window.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';

const icons: Readonly<Record<Finding['level'], LucideIcon>> = {
  ok: CircleCheck,
  warning: TriangleAlert,
  problem: CircleAlert,
};

/** The worst first: nobody should have to look for it among what is well. */
const order: readonly Finding['level'][] = ['problem', 'warning', 'ok'];

type FindingsProps = {
  readonly findings: readonly Finding[];
  readonly isComplete: boolean;
};

/** What a check-up found, with what to do where it is not well; grows while it goes on. */
export function Findings({ findings, isComplete }: FindingsProps) {
  const texts = useTexts();
  const language = useLanguage();
  const counts = order.map((level) => findings.filter((finding) => finding.level === level).length);
  const [problems = 0, warnings = 0] = counts;
  const sorted = order.flatMap((level) => findings.filter((finding) => finding.level === level));
  return (
    <>
      <output className="upkeep-verdict">
        {isComplete ? texts.upkeep.verdict(problems, warnings) : texts.upkeep.looking(findings.length)}
      </output>
      <ul>
        {sorted.map((finding) => {
          const { code, level, facts } = finding;
          const Icon = icons[level];
          return (
            <li key={`${code} ${JSON.stringify(facts)}`} className={`finding finding-${level}`}>
              <Icon aria-hidden size="1.15em" />
              <span>
                <span className="only-read">{`${texts.upkeep.levels[level]}: `}</span>
                {windowFindingMessage(finding, language)}
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
