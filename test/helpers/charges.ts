import { readFile } from 'node:fs/promises';
import { describePicture } from '../azure-emulator/describe-picture.ts';
import { isSamePicture } from '../azure-emulator/fingerprint.ts';
import type { Emulator } from '../azure-emulator/server.ts';

/** How often the service charged for each photo, by its file name. */
export async function chargesOf(
  paths: readonly string[],
  { pictures }: Emulator,
): Promise<Map<string, number>> {
  const charges = new Map<string, number>();
  for (const path of paths) {
    const { fingerprint } = await describePicture(await readFile(path));
    const counts = [...pictures]
      .filter(([word]) => isSamePicture(word, fingerprint))
      .map(([, { charged }]) => charged);
    charges.set(
      path,
      counts.reduce((sum, charged) => sum + charged, 0),
    );
  }
  return charges;
}
