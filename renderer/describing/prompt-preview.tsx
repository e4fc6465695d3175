import { useState } from 'react';
import type { RunOptions } from '../../app/contract/models/run.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useRunOptions } from './use-run-options.ts';

/** The very words that go along with each photo. Nothing is asked until somebody wants to see them. */
export function PromptPreview() {
  const texts = useTexts();
  const options = useRunOptions();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      className="prompt-preview"
      onToggle={(event) => {
        setIsOpen(event.currentTarget.open);
      }}
    >
      <summary>{texts.prompts.preview}</summary>
      {isOpen && options !== undefined && <Words options={options} />}
    </details>
  );
}

function Words({ options }: { readonly options: RunOptions }) {
  const texts = useTexts();
  const { data, error } = useQueryOf('prompt.preview', { options }, { keepsPrevious: true });
  if (error !== null) return <ErrorBanner error={error} />;
  if (data === undefined) return null;
  return (
    <>
      <p className="setting-hint">{texts.prompts.previewNote(data.version)}</p>
      <pre className="prompt-words">{data.instructions}</pre>
    </>
  );
}
