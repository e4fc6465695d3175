import type { Migration } from '../migrate.ts';

/** A connection whose user signs in with Microsoft Entra needs no key. */
export const signInMigration: Migration = {
  version: 201,
  name: 'sign-in',
  up: `
    ALTER TABLE connection ADD COLUMN sign_in TEXT NOT NULL DEFAULT 'key';
  `,
};
