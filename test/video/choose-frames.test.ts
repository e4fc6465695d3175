import { array, assert, bigInt, integer, nat, property, record } from 'fast-check';
import { expect, it } from 'vitest';
import { chooseFrames, evenTimes, plannedFrames, type FrameLook } from '../../app/video/choose-frames.ts';

const look = (timeMs: number, perceptualHash: string, averageColor: number): FrameLook => ({
  timeMs,
  perceptualHash,
  averageColor,
});

const frames = array(
  record({
    timeMs: nat(1_000_000),
    perceptualHash: bigInt(0n, 2n ** 64n - 1n).map((bits) => bits.toString(16).padStart(16, '0')),
    averageColor: nat(0xff_ff_ff),
  }),
  { maxLength: 30 },
);

it('gives at most as many as asked for, of those that it got, in the order of their times', () => {
  assert(
    property(frames, integer({ min: 1, max: 12 }), (given, most) => {
      const chosen = chooseFrames(given, most);
      expect(chosen.length).toBeLessThanOrEqual(most);
      expect(chosen.length > 0).toBe(given.length > 0);
      expect(chosen.every((frame) => given.includes(frame))).toBe(true);
      expect(chosen).toEqual(chosen.toSorted((one, other) => one.timeMs - other.timeMs));
    }),
  );
});

it('leaves out black frames, and those that look like the one before', () => {
  const scene = look(1000, 'ffff0000ffff0000', 0x80_20_20);
  const same = look(2000, 'ffff0000ffff0001', 0x82_22_1f);
  const other = look(4000, '00ff00ff00ff00ff', 0x20_80_20);
  expect(chooseFrames([look(0, '0000000000000000', 0x03_02_04), scene, same, other], 10)).toEqual([
    scene,
    other,
  ]);
});

it('tells scenes apart by colour where their shapes are the same', () => {
  const red = look(0, '0000000000000000', 0xc0_20_20);
  const blue = look(1000, '0000000000000000', 0x20_20_c0);
  expect(chooseFrames([red, blue], 10)).toEqual([red, blue]);
});

it('keeps one frame of a video that is black from end to end', () => {
  const black = [0, 1000, 2000].map((timeMs) => look(timeMs, '0000000000000000', 0x01_01_01));
  expect(chooseFrames(black, 10)).toEqual([black[0]]);
});

it('looks at the middle of even parts, never beyond the end', () => {
  expect(evenTimes(10_000, 5)).toEqual([1000, 3000, 5000, 7000, 9000]);
});

it.each([
  [400, 2],
  [3_000, 2],
  [12_000, 6],
  [72_000, 10],
  [36_000_000, 10],
])('of %i ms it plans %i frames', (durationMs, planned) => {
  expect(plannedFrames(durationMs, 10)).toBe(planned);
});
