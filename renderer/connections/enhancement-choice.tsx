import { useState } from 'react';
import type { Enhancements } from '../../app/contract/enhancements.ts';
import type { Output } from '../../app/contract/procedures.ts';
import { Select } from '../design/components/select.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { useTexts } from '../texts/use-texts.ts';

const choices = ['none', 'grounding', 'ocr', 'both'] as const;
type Choice = (typeof choices)[number];

const featuresOf: Readonly<Record<Exclude<Choice, 'none'>, Enhancements['features']>> = {
  grounding: ['grounding'],
  ocr: ['ocr'],
  both: ['grounding', 'ocr'],
};

/**
 * The enhancements of GPT-4 Turbo with Vision, which Microsoft has retired: of use where a server still offers them, so they
 * stand folded away, with their end.
 */
export function EnhancementChoice({
  connection,
  enhancements,
  onChange,
}: {
  readonly connection: Output<'connection.list'>[number];
  readonly enhancements: Enhancements | null;
  readonly onChange: (enhancements: Enhancements | null) => void;
}) {
  const { connections: texts } = useTexts();
  // Opening and closing is the person's business from then on.
  const [wasSet] = useState(enhancements !== null);
  const { data: all = [] } = useQueryOf('connection.list', {});
  const services = all.filter(({ kind }) => kind === 'azure-vision');
  const service = services.find(({ id }) => id === enhancements?.visionConnectionId) ?? services[0];
  if (connection.form !== 'dated') return null;
  return (
    <details className="connection-more" open={wasSet}>
      <summary>{texts.enhancements}</summary>
      <div className="connection-more-inside">
        <p className="setting-hint">{texts.enhancementsRetired}</p>
        {service === undefined ? (
          <p className="setting-hint">{texts.enhancementsNeed}</p>
        ) : (
          <>
            <Select
              label={texts.enhancements}
              value={choiceOf(enhancements)}
              options={choices.map((value) => ({ value, label: texts.enhancementsAre[value] }))}
              onChange={(choice) => {
                onChange(
                  choice === 'none'
                    ? null
                    : { features: [...featuresOf[choice]], visionConnectionId: service.id },
                );
              }}
            />
            {enhancements !== null && services.length > 1 && (
              <Select
                label={texts.enhancedBy}
                value={String(service.id)}
                options={services.map(({ id, name }) => ({ value: String(id), label: name }))}
                onChange={(id) => {
                  const chosen = services.find((one) => String(one.id) === id);
                  if (chosen !== undefined) onChange({ ...enhancements, visionConnectionId: chosen.id });
                }}
              />
            )}
            {enhancements !== null && <p className="setting-hint">{texts.enhancementsCost(service.name)}</p>}
          </>
        )}
      </div>
    </details>
  );
}

function choiceOf(enhancements: Enhancements | null): Choice {
  const [first, second] = enhancements?.features ?? [];
  if (first === undefined) return 'none';
  return second === undefined ? first : 'both';
}
