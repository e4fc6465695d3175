import { expect, it } from 'vitest';
import { systemClock } from '../../app/platform/clock.ts';

it('calls in the order of the delays, and not what was canceled', async () => {
  const called: string[] = [];
  await new Promise<void>((resolve) => {
    systemClock.after(20, resolve);
    systemClock.after(5, () => called.push('second'));
    systemClock.after(-5, () => called.push('first'));
    systemClock.after(0, () => called.push('canceled'))();
  });
  expect(called).toEqual(['first', 'second']);
});

it('does not take a wait of months for none at all, as Node’s timers do', async () => {
  let isCalled = false;
  const cancel = systemClock.after(90 * 86_400_000, () => {
    isCalled = true;
  });
  await new Promise<void>((resolve) => {
    systemClock.after(5, resolve);
  });
  cancel();
  expect(isCalled).toBe(false);
});
