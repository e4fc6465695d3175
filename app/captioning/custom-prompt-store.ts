import { customPrompt, type CustomPrompt } from '../contract/models/prompt.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';

/** Keeps a prompt under its name: the one with the same hash is the same, and any other is a newer version of it. */
export function saveCustomPrompt(
  db: WriteDb,
  name: string,
  { hash, spec }: CustomPrompt,
  nowMs: number,
): void {
  db.run(
    `INSERT INTO custom_prompt (name, hash, spec, saved_at_ms) VALUES (@name, @hash, @spec, @nowMs)
     ON CONFLICT (name, hash) DO UPDATE SET saved_at_ms = @nowMs`,
    { name, hash, spec: JSON.stringify(spec), nowMs },
  );
}

/** Every version of it. Runs keep the one that they were asked with. */
export function deleteCustomPrompt(db: WriteDb, name: string): number {
  return db.run('DELETE FROM custom_prompt WHERE name = @name', { name }).changes;
}

/** The person's own prompts by name, each as it was saved last. */
export function listCustomPrompts(db: ReadDb): { readonly name: string; readonly custom: CustomPrompt }[] {
  const rows = db.all<{ name: string; hash: string; spec: string }>(
    `SELECT name, hash, spec FROM custom_prompt AS p
     WHERE NOT EXISTS (SELECT 1 FROM custom_prompt AS later WHERE later.name = p.name
       AND (later.saved_at_ms > p.saved_at_ms OR (later.saved_at_ms = p.saved_at_ms AND later.hash > p.hash)))
     ORDER BY name`,
  );
  return rows.map(({ name, hash, spec }) => ({
    name,
    custom: customPrompt.parse({ hash, spec: JSON.parse(spec) as unknown }),
  }));
}
