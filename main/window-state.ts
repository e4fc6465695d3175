import { z } from 'zod';

const rectangle = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
export type Rectangle = z.infer<typeof rectangle>;

/** Where the window was when it was closed. */
export const windowState = z.object({ bounds: rectangle, isMaximized: z.boolean() });
export type WindowState = z.infer<typeof windowState>;

export const smallestWindow = { width: 480, height: 400 };
const usualWindow = { width: 1280, height: 840 };
/** So much of the title bar must be seen, or a person could not drag the window back. */
const visiblePx = { width: 120, height: 40 };

/**
 * Where the window opens: where it was, if that can still be seen and reached on one of the screens there are now; else in
 * its usual size, where the system puts it.
 *
 * @param screens the parts of the screens that are free for windows
 */
export function placeWindow(
  kept: WindowState | undefined,
  screens: readonly Rectangle[],
): {
  readonly bounds: Partial<Rectangle> & { width: number; height: number };
  readonly isMaximized: boolean;
} {
  const largest = screens.reduce(
    (best, { width, height }) => ({
      width: Math.max(best.width, width),
      height: Math.max(best.height, height),
    }),
    { width: 0, height: 0 },
  );
  const fit = (size: { width: number; height: number }): { width: number; height: number } => ({
    width: Math.max(
      smallestWindow.width,
      largest.width > 0 ? Math.min(size.width, largest.width) : size.width,
    ),
    height: Math.max(
      smallestWindow.height,
      largest.height > 0 ? Math.min(size.height, largest.height) : size.height,
    ),
  });
  if (kept === undefined) return { bounds: fit(usualWindow), isMaximized: false };
  const size = fit(kept.bounds);
  const { x, y } = kept.bounds;
  const isReachable = screens.some((screen) => {
    const overlap = Math.min(x + size.width, screen.x + screen.width) - Math.max(x, screen.x);
    return overlap >= visiblePx.width && y >= screen.y && y + visiblePx.height <= screen.y + screen.height;
  });
  return { bounds: isReachable ? { x, y, ...size } : size, isMaximized: kept.isMaximized };
}
