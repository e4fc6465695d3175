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

  test('what is heavier waits for room, is not overtaken, and runs alone where it is more than all', async () => {
    const slots = new Slots(10);
    const log: string[] = [];
    const start = (name: string, weight: number) => {
      const gate = Promise.withResolvers<void>();
      const done = slots.run(
        async () => {
          log.push(name);
          await gate.promise;
        },
        undefined,
        { weight },
      );
      return async () => {
        gate.resolve();
        await done;
      };
    };
    const [endSix, endHuge, endOne, endTwo] = [
      start('six', 6),
      start('huge', 99),
      start('one', 1),
      start('two', 2),
    ];
    await expect.poll(() => log).toEqual(['six']);
    await endSix();
    await expect.poll(() => log).toEqual(['six', 'huge']);
    await endHuge();
    await expect.poll(() => log).toEqual(['six', 'huge', 'one', 'two']);
    await endOne();
    await endTwo();
  });

  test('who goes away lets in those that waited behind', async () => {
    const slots = new Slots(3);
    const controller = new AbortController();
    const first = Promise.withResolvers<string>();
    const running = slots.run(() => first.promise, undefined, { weight: 2 });
    const canceled = slots.run(() => Promise.resolve('never'), controller.signal, { weight: 3 });
    const light = slots.run(() => Promise.resolve('light'));
    controller.abort();
    await expect(canceled).rejects.toMatchObject({ code: 'canceled' });
    expect(await light).toBe('light');
    first.resolve('first');
    expect(await running).toBe('first');
  });
});
