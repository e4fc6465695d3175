import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { AppError } from '../../app/platform/errors.ts';
import { openLogFile } from '../../app/platform/log.ts';
import { useTemporaryFolder } from '../helpers/database.ts';

const useLogPath = () => join(useTemporaryFolder(), 'logs', 'cutline.log');
const linesOf = (path: string): unknown[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

it('keeps one JSON object per line, also over several lives of an engine', () => {
  const path = useLogPath();
  for (const life of ['first', 'second']) {
    const log = openLogFile(path);
    log.info(`${life} start`);
    log.warn('something\nodd', { photos: 3 });
    log.close();
  }
  expect(linesOf(path)).toMatchObject([
    { msg: 'first start' },
    { msg: 'something\nodd', photos: 3 },
    { msg: 'second start' },
    { msg: 'something\nodd' },
  ]);
});

it('tells an error with its cause', () => {
  const path = useLogPath();
  const log = openLogFile(path);
  log.error('a job threw', {
    error: new AppError('internal', { reason: 'odd' }, { cause: new Error('the cause') }),
  });
  log.close();
  expect(JSON.stringify(linesOf(path))).toContain('the cause');
});

it('never holds a key, a header or a query string, wherever they stand', () => {
  const path = useLogPath();
  const log = openLogFile(path);
  const answer = Object.assign(new Error('GET https://host/file.jpg?sig=hush1&se=2026 failed'), {
    request: { url: 'https://host/openai?api-key=hush2', options: { headers: { 'api-key': 'hush3' } } },
    list: [{ token: 'hush4' }],
  });
  log.error('it failed', { error: answer, apiKey: 'hush5', connection: { Authorization: 'Bearer hush6' } });
  log.info('https is fine: https://host/path', { inputTokens: 7 });
  log.close();
  const text = readFileSync(path, 'utf8');
  expect(text).not.toContain('hush');
  expect(text).toContain('https://host/file.jpg');
  expect(text).toContain('"inputTokens":7');
});

it('ends what has no end', () => {
  const path = useLogPath();
  const log = openLogFile(path);
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  log.info('round and round', { circle });
  log.close();
  expect(linesOf(path)).toMatchObject([{ msg: 'round and round' }]);
});
