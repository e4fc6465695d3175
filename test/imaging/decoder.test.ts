import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { openPixels, toDecoderError } from '../../app/imaging/decoder.ts';
import { AppError } from '../../app/platform/errors.ts';

describe('toDecoderError', () => {
  test.each([
    ['timeout: 42% complete', 'decoder-timeout'],
    ['vips_tracked: out of memory --size == 24MB', 'internal'],
    ['unable to open for read: Permission denied', 'file-unreadable'],
    [
      'heif: Unsupported feature: No decoding plugin installed for this compression format',
      'unsupported-format',
    ],
    ['VipsJpeg: premature end of JPEG image', 'file-damaged'],
  ])('takes "%s" for %s', (message, code) => {
    const cause = new Error(message);
    expect(toDecoderError(cause, 'tiff')).toMatchObject({ code, cause });
  });

  test('knows what sharp says of a file that is gone', async () => {
    const error: unknown = await sharp('/nowhere/photo.jpg')
      .metadata()
      .catch((reason: unknown) => reason);
    expect(toDecoderError(error, 'jpeg').code).toBe('file-missing');
  });

  test('leaves what was understood before as it is', () => {
    const error = new AppError('canceled');
    expect(toDecoderError(error, 'jpeg')).toBe(error);
  });
});

test('openPixels takes three bytes a pixel', async () => {
  const { info } = await openPixels(new Uint8Array(6 * 4 * 3), 6, 4)
    .png()
    .toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: 6, height: 4, channels: 3 });
});
