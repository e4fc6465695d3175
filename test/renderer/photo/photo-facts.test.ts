import { describe, expect, it } from 'vitest';
import { factsOf, formatExposure, formatOffset } from '../../../renderer/photo/photo-facts.ts';
import { formatBytes } from '../../../renderer/texts/format.ts';
import type { Photo } from '../../../renderer/photo/photo.ts';
import { catalogue } from '../../../renderer/texts/catalogue.ts';

function valueOf(metadata: Partial<Photo['metadata']>, id: string): string | undefined {
  const whole = {
    metadata: {
      format: 'jpeg',
      widthPx: 6000,
      heightPx: 4000,
      sizeBytes: 8_400_000,
      colors: [],
      ...metadata,
    },
  } as unknown as Photo; // why: only the metadata are read
  return factsOf(whole, 'en', catalogue.en).find((fact) => fact.id === id)?.value;
}

describe('the facts of a photo in words', () => {
  it('writes exposures, sizes and offsets as cameras and people do', () => {
    expect(formatExposure(1 / 250, 'en')).toBe('1/250 s');
    expect(formatExposure(2.5, 'en')).toBe('2.5 s');
    expect(formatExposure(2.5, 'de')).toBe('2,5 s');
    expect(formatBytes(8_400_000, 'en')).toBe('8.4 MB');
    expect(formatOffset(120)).toBe('+02:00');
    expect(formatOffset(-210)).toBe('−03:30');
    expect(valueOf({}, 'size')).toBe('6,000 × 4,000 · JPEG · 8.4 MB');
  });

  it('does not repeat the make of a camera, and says where a time zone comes from', () => {
    expect(valueOf({ cameraMake: 'Canon', cameraModel: 'Canon EOS R5' }, 'camera')).toBe('Canon EOS R5');
    const taken = { captureLocalMs: Date.UTC(2019, 4, 17, 18, 5) };
    expect(valueOf({ ...taken, captureOffsetMinutes: 120 }, 'taken')).toContain('(UTC+02:00)');
    expect(valueOf({ ...taken, derivedOffsetMinutes: 120, timeZone: 'Europe/Rome' }, 'taken')).toContain(
      'time zone derived from the place: Europe/Rome',
    );
    expect(valueOf({}, 'taken')).toBeUndefined();
  });
});
