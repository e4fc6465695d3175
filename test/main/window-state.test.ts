import { assert, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeWindow, type Rectangle } from '../../main/window-state.ts';

const laptop: Rectangle = { x: 0, y: 0, width: 1440, height: 860 };
const beside: Rectangle = { x: 1440, y: 0, width: 2560, height: 1400 };

describe('a window opens', () => {
  it('where it was', () => {
    const bounds = { x: 1600, y: 100, width: 1800, height: 1200 };
    expect(placeWindow({ bounds, isMaximized: true }, [laptop, beside])).toEqual({
      bounds,
      isMaximized: true,
    });
  });

  it('where it can be seen when its screen is gone, no larger than those that are there', () => {
    const bounds = { x: 1600, y: 100, width: 1800, height: 1200 };
    const { bounds: placed } = placeWindow({ bounds, isMaximized: false }, [laptop]);
    expect(placed).toEqual({ width: 1440, height: 860 });
  });

  it('always with a piece of its title bar on a screen, whatever was kept', () => {
    const place = integer({ min: -9_000, max: 9_000 });
    const length = integer({ min: 1, max: 9_000 });
    const kept = record({ x: place, y: place, width: length, height: length });
    assert(
      property(kept, (bounds) => {
        const screens = [laptop, beside];
        const { bounds: placed } = placeWindow({ bounds, isMaximized: false }, screens);
        if (placed.x === undefined || placed.y === undefined) return;
        const { x, y, width } = placed;
        // A person grabs it where it is on a screen: 100 pixels of width, at a height that is on it.
        const canGrab = screens.some(
          (screen) =>
            Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x) >= 100 &&
            y >= screen.y &&
            y < screen.y + screen.height,
        );
        expect(canGrab).toBe(true);
      }),
    );
  });
});
