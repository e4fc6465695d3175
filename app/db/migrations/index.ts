import type { Migration } from '../migrate.ts';
import { libraryMigration } from './0010-library.ts';
import { queueMigration } from './0020-queue.ts';
import { requestsMigration } from './0030-requests.ts';
import { descriptionsMigration } from './0040-descriptions.ts';
import { searchMigration } from './0050-search.ts';
import { oneAssetMigration } from './0060-one-asset.ts';
import { contextMigration } from './0070-context.ts';
import { connectionsMigration } from './0080-connections.ts';
import { threadsMigration } from './0090-threads.ts';
import { textAmountMigration } from './0091-text-amount.ts';
import { searchWordsMigration } from './0100-search-words.ts';
import { looksMigration } from './0101-looks.ts';
import { deskMigration } from './0110-desk.ts';
import { nearDuplicatesMigration } from './0120-near-duplicates.ts';
import { doubtsAndNotesMigration } from './0140-doubts-and-notes.ts';
import { textOfOldMigration } from './0141-text-of-old.ts';
import { videosMigration } from './0180-videos.ts';
import { transactionsMigration } from './0190-transactions.ts';
import { webPicturesMigration } from './0191-web-pictures.ts';
import { focusMigration } from './0192-focus.ts';
import { picturesTogetherMigration } from './0200-pictures-together.ts';
import { signInMigration } from './0201-sign-in.ts';
import { livePhotosMigration } from './0210-live-photos.ts';
import { factValuesMigration } from './0211-fact-values.ts';
import { questionMomentsMigration } from './0270-question-moments.ts';
import { otherPicturesMigration } from './0280-other-pictures.ts';
import { copiesInBurstsMigration } from './0320-copies-in-bursts.ts';
import { indexTermsMigration } from './0330-index-terms.ts';
import { batchPatienceMigration } from './0350-batch-patience.ts';
import { finestTextMigration } from './0370-finest-text.ts';
import { saidMigration } from './0380-said.ts';
import { formsOfEachTextMigration } from './0390-forms-of-each-text.ts';
import { folderPrivacyMigration } from './0400-folder-privacy.ts';
import { damageMigration } from './0212-damage.ts';
import { batchesMigration } from './0213-batches.ts';
import { enhancementsMigration } from './0214-enhancements.ts';
import { otherShotsMigration } from './0220-other-shots.ts';
import { wordsAnewMigration } from './0240-words-anew.ts';

/** In order. A released migration is never edited: a change is a new file with the next ten. */
export const migrations: readonly Migration[] = [
  libraryMigration,
  queueMigration,
  requestsMigration,
  descriptionsMigration,
  searchMigration,
  oneAssetMigration,
  contextMigration,
  connectionsMigration,
  threadsMigration,
  textAmountMigration,
  searchWordsMigration,
  looksMigration,
  deskMigration,
  nearDuplicatesMigration,
  doubtsAndNotesMigration,
  textOfOldMigration,
  videosMigration,
  transactionsMigration,
  webPicturesMigration,
  focusMigration,
  picturesTogetherMigration,
  signInMigration,
  livePhotosMigration,
  factValuesMigration,
  damageMigration,
  batchesMigration,
  enhancementsMigration,
  otherShotsMigration,
  wordsAnewMigration,
  questionMomentsMigration,
  otherPicturesMigration,
  copiesInBurstsMigration,
  indexTermsMigration,
  batchPatienceMigration,
  finestTextMigration,
  saidMigration,
  formsOfEachTextMigration,
  folderPrivacyMigration,
];
