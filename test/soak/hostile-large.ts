import sharp, { type Sharp } from 'sharp';
import type { HostileFile } from './hostile-samples.ts';

const draw = (heightPx: number): Sharp =>
  sharp({ create: { width: 8_000, height: heightPx, channels: 3, background: '#395' } });

/**
 * Small files of large pictures that have to be decoded as a whole, so that one of them, or one in each lane, would take more
 * than the bound. Of one colour, so that they are made quickly.
 */
export async function makeLarge(): Promise<HostileFile[]> {
  const inPasses = { progressive: true, chromaSubsampling: '4:4:4' } as const;
  return [
    { name: 'large.avif', bytes: await draw(8_000).avif({ effort: 0 }).toBuffer() },
    { name: 'large-1.jpg', bytes: await draw(9_000).jpeg(inPasses).toBuffer() },
    { name: 'large-2.jpg', bytes: await draw(9_100).jpeg(inPasses).toBuffer() },
  ];
}
