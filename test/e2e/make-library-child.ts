import { usualSettings } from '../../app/contract/settings.ts';
import { Engine } from '../../app/engine.ts';
import * as lanes from '../../app/jobs/lanes.ts';

/**
 * @file Fills a library with what is in a folder, and ends when nothing is left to be done in it.
 *
 *     node test/e2e/make-library-child.ts LIBRARY PHOTOS scanned|described
 */

const [libraryFolder = '', path = '', wish = ''] = process.argv.slice(2);
const engine = new Engine({ libraryFolder });
try {
  await engine.call('root.add', { path });
  engine.start();
  await engine.call('root.scan', {});
  await engine.whenIdle(Object.values(lanes));
  if (wish === 'described') await describeAll();
} finally {
  await engine.close();
}

/** By the built-in describer. */
async function describeAll(): Promise<void> {
  const { id: connectionId } = await engine.call('connection.save', { kind: 'built-in' });
  const { prompt, detail, fields, descriptionLanguage: language } = usualSettings;
  const { runId } = await engine.call('description.start', {
    connectionId,
    budgetMicroUsd: null,
    options: { prompt, detail, fields, language, maxImageTokens: null },
  });
  if (runId !== null) await engine.whenRunSettles(runId, { isHeld: () => true });
  await engine.whenIdle(Object.values(lanes));
}
