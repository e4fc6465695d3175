import type { Root } from '../contract/models/root.ts';
import type { Engine } from '../engine.ts';
import { AppError } from '../platform/errors.ts';
import { toAbsolute, type CommandContext } from './context.ts';

/**
 * The root that a person names by its path, also when it cannot be reached, or by its number.
 *
 * @throws {AppError} `not-found`
 */
export async function findRoot(context: CommandContext, engine: Engine, named: string): Promise<Root> {
  const roots = await engine.call('root.list', {});
  const absolute = toAbsolute(context, named).replace(/(.)[/\\]+$/, '$1');
  const root = roots.find(({ id, path }) => path === absolute || `#${id}` === named || String(id) === named);
  if (root !== undefined) return root;
  // The library knows folders by where links lead.
  const { realpath } = await import('node:fs/promises');
  const real = await realpath(absolute).catch(() => absolute);
  const byLink = roots.find(({ path }) => path === real);
  if (byLink === undefined) {
    throw new AppError('not-found', { what: named, reason: 'It is no folder of this library.' });
  }
  return byLink;
}
