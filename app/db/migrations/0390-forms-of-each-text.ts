import type { Migration } from '../migrate.ts';

/**
 * Word forms are those of the language of each text, no longer of the language that most texts of a photo have. What has
 * small words of English and of another language is indexed anew, in the background; until then it is found as before.
 */
export const formsOfEachTextMigration: Migration = {
  version: 390,
  name: 'forms-of-each-text',
  up: `
    UPDATE search_entry SET is_stale = 1 WHERE asset_id IN (
      SELECT rowid FROM search_text WHERE search_text MATCH '("der" OR "die" OR "das" OR "den" OR "dem" OR "und" OR "ein" OR "eine"
        OR "einen" OR "einem" OR "einer" OR "eines" OR "mit" OR "auf" OR "im" OR "am" OR "ist" OR "sind" OR "von" OR "vom" OR "zum"
        OR "zur" OR "bei" OR "vor" OR "hinter" OR "neben" OR "uber" OR "unter" OR "zwischen" OR "sich" OR "wird"
        OR "le" OR "la" OR "les" OR "un" OR "une" OR "du" OR "et" OR "avec" OR "sur" OR "dans" OR "est" OR "sont" OR "au" OR "aux"
        OR "par" OR "pour" OR "devant" OR "derriere" OR "sous" OR "pres" OR "entre" OR "qui" OR "l" OR "d")
        AND ("a" OR "the" OR "of" OR "and" OR "with" OR "on" OR "at" OR "is" OR "are" OR "by" OR "from" OR "to" OR "into" OR "near"
        OR "over" OR "under" OR "behind" OR "its" OR "his" OR "her" OR "their" OR "this" OR "that" OR "an" OR "against" OR "beside"
        OR "between")');
  `,
};
