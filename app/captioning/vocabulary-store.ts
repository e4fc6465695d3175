import type { ReadDb } from '../db/open.ts';
import { privacyOfFile } from '../library/privacy-of-file.ts';
import { allowedPrivacies } from './candidate-store.ts';
import type { Asker } from './asker.ts';
import { joinVocabulary, mostKeywords } from './vocabulary.ts';

/**
 * The keywords for a model to prefer: those that a person listed, then those that persons and other programs gave most
 * often. The latter only from photos that the asker may see: a name that stands in a folder that is kept local goes to no
 * service.
 *
 * @param listed as the settings have them
 */
export function listVocabulary(
  db: ReadDb,
  asker: Pick<Asker, 'kind' | 'isLocal'>,
  listed: readonly string[],
): string[] {
  if (asker.kind === 'built-in') return [];
  const privacies = JSON.stringify(allowedPrivacies(asker));
  const hidesSome =
    db.get(
      `SELECT 1 WHERE EXISTS (SELECT 1 FROM root WHERE privacy NOT IN (SELECT value FROM json_each(@privacies)))
         OR EXISTS (SELECT 1 FROM folder_privacy WHERE privacy NOT IN (SELECT value FROM json_each(@privacies)))`,
      { privacies },
    ) !== undefined;
  const names = db.pluck<string>(
    `SELECT keyword.name FROM asset_keyword AS used JOIN keyword ON keyword.id = used.keyword_id
     WHERE used.owner <> 'model' ${
       hidesSome
         ? `AND NOT EXISTS (SELECT 1 FROM file AS f JOIN root AS r ON r.id = f.root_id WHERE f.asset_id = used.asset_id
              AND ${privacyOfFile} NOT IN (SELECT value FROM json_each(@privacies)))`
         : ''
     }
     GROUP BY used.keyword_id HAVING count(*) > 1 ORDER BY count(*) DESC, keyword.name LIMIT @limit`,
    { limit: mostKeywords, ...(hidesSome && { privacies }) },
  );
  return joinVocabulary(listed, names);
}
