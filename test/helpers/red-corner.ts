import sharp from 'sharp';

/** A green field of 1200 × 800 whose lower right quarter is red: where that is is known from how it is drawn. */
export async function drawRedCorner(): Promise<Buffer> {
  const red = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#c01818' } })
    .png()
    .toBuffer();
  return sharp({ create: { width: 1200, height: 800, channels: 3, background: '#18a030' } })
    .composite([{ input: red, left: 600, top: 400 }])
    .jpeg({ quality: 95 })
    .toBuffer();
}
