import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where the built renderer is, seen from a built file (`out/<process>/`) and from the source (`app/host/`). */
const places = [join(import.meta.dirname, '../renderer'), join(import.meta.dirname, '../../out/renderer')];

/** The folder may not exist: then the renderer is not built. */
export function rendererFolder(): string {
  return places.find(isBuilt) ?? join(import.meta.dirname, '../../out/renderer');
}

export function isBuilt(folder: string): boolean {
  return existsSync(join(folder, 'index.html'));
}
