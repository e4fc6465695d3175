import { describe, expect, test } from 'vitest';
import { Slots } from '../../app/imaging/slots.ts';

describe('Slots', () => {
  test('lets only so many in, and the others in their order', async () => {
    const slots = new Slots(2);
    const log: string[] = [];
    const gates = ['a', 'b', 'c', 'd'].map((name) => ({ name, ...Promise.withResolvers<void>() }));
    const runs = gates.map(({ name, promise }) =>
      slots.run(async () => {
        log.push(`${name} in`);
        await promise;
        log.push(`${name} out`);
      }),
    );
    for (const { resolve } of gates) resolve();
    await Promise.all(runs);
    expect(log.slice(0, 2)).toEqual(['a in', 'b in']);
    expect(log.indexOf('c in')).toBeGreaterThan(log.indexOf('a out'));
    expect(log.indexOf('d in')).toBeGreaterThan(log.indexOf('b out'));
  });

  test('a failure gives its slot back', async () => {
    const slots = new Slots(1);
    await expect(slots.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await slots.run(() => Promise.resolve('yes'))).toBe('yes');
  });

  test('who is canceled while waiting never runs, and loses nobody a slot', async () => {
    const slots = new Slots(1);
    const controller = new AbortController();
    const first = Promise.withResolvers<string>();
    const running = slots.run(() => first.promise);
    const canceled = slots.run(() => Promise.resolve('never'), controller.signal);
    const next = slots.run(() => Promise.resolve('next'));
    controller.abort();
    await expect(canceled).rejects.toMatchObject({ code: 'canceled' });
    first.resolve('first');
    expect(await Promise.all([running, next])).toEqual(['first', 'next']);
    await expect(slots.run(() => Promise.resolve('never'), controller.signal)).rejects.toMatchObject({
      code: 'canceled',
    });
  });
});
