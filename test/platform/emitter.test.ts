import { expect, it } from 'vitest';
import { Emitter } from '../../app/platform/emitter.ts';

it('tells everybody who listens, and nobody who has stopped', () => {
  const emitter = new Emitter<{ changed: number }>();
  const heard: string[] = [];
  const stop = emitter.on('changed', (id) => {
    heard.push(`first ${String(id)}`);
    stop();
  });
  emitter.on('changed', (id) => heard.push(`second ${String(id)}`));
  emitter.emit('changed', 1);
  emitter.emit('changed', 2);
  expect(heard).toEqual(['first 1', 'second 1', 'second 2']);
});

it('a listener that throws keeps nobody from hearing, and is told about', () => {
  const errors: unknown[] = [];
  const emitter = new Emitter<{ changed: null }>((error) => errors.push(error));
  const heard: string[] = [];
  emitter.on('changed', () => {
    throw new Error('a bug');
  });
  emitter.on('changed', () => heard.push('second'));
  emitter.emit('changed', null);
  expect(heard).toEqual(['second']);
  expect(errors).toMatchObject([{ message: 'a bug' }]);
});
