import { useQueryOf } from '../engine/hooks.ts';
import { useTexts } from '../texts/use-texts.ts';

/** What Cutline stands on, and where the library is. */
export function About() {
  const texts = useTexts();
  const { data: status } = useQueryOf('library.status', {});
  return (
    <>
      <p>{texts.about.what}</p>
      <dl className="about-facts">
        <dt>{texts.about.version}</dt>
        <dd>{CUTLINE_VERSION}</dd>
        {status !== undefined && (
          <>
            <dt>{texts.about.library}</dt>
            <dd>{status.folder}</dd>
          </>
        )}
      </dl>
      <section>
        <h3 className="usage-heading">{texts.about.thanks}</h3>
        <ul className="about-list">
          {texts.about.sources.map((source) => (
            <li key={source}>{source}</li>
          ))}
        </ul>
      </section>
    </>
  );
}
