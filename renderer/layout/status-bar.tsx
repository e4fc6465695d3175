import { useQueryOf } from '../engine/hooks.ts';
import { useTexts } from '../texts/use-texts.ts';

/** What the library holds, at the lower edge. */
export function StatusBar() {
  const texts = useTexts();
  const { data: status } = useQueryOf('library.status', {});
  return status === undefined ? null : (
    <span>{texts.layout.statusPhotos(texts.common.photos(status.photos), status.described)}</span>
  );
}
