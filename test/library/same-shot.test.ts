import { describe, expect, it } from 'vitest';
import type { Shot } from '../../app/library/live-photos.ts';
import { isAnotherPicture } from '../../app/library/same-shot.ts';

const at = (time: string, camera: string | null = null, offsetMinutes: number | null = null): Shot => ({
  localMs: Date.parse(`${time}Z`),
  offsetMinutes,
  camera,
});
const by = (camera: string | null): Shot => ({ localMs: null, offsetMinutes: null, camera });

describe('a RAW and a JPEG of one name', () => {
  it.each([
    ['nothing is known', by(null), by(null), false],
    ['only one says anything', at('2021-05-12T12:21:21', 'Canon EOS R6'), by(null), false],
    [
      'camera and second are the same',
      at('2021-05-12T12:21:21', 'R6'),
      at('2021-05-12T12:21:21', 'R6'),
      false,
    ],
    ['the second was rounded', at('2021-05-12T12:21:21.900'), at('2021-05-12T12:21:22'), false],
    ['only one knows its zone', at('2021-05-12T12:21:21', null, 120), at('2021-05-12T12:21:21'), false],
    ['one writes the maker, too', by('NIKON CORPORATION NIKON D70'), by('NIKON D70'), false],
    [
      'one knows no camera, and the time is the same',
      at('2021-05-12T12:21:21'),
      at('2021-05-12T12:21:21', 'R6'),
      false,
    ],
    [
      'it is another camera years before',
      at('2021-05-12T12:21:21', 'Canon EOS R6'),
      at('2004-09-24T10:00:00', 'DMC-FX7'),
      true,
    ],
    ['it is another camera, and no time is known', by('Canon EOS R6'), by('DMC-FX7'), true],
    [
      'it is another day of one camera',
      at('2021-05-12T12:21:21', 'R6'),
      at('2022-05-12T12:21:21', 'R6'),
      true,
    ],
    ['it is half a minute later', at('2021-05-12T12:21:21'), at('2021-05-12T12:21:51'), true],
  ])('are two photos or one when %s: %#', (_when, one, other, expected) => {
    expect(isAnotherPicture(one, other)).toBe(expected);
    expect(isAnotherPicture(other, one)).toBe(expected);
  });
});
