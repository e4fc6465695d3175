import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Facts } from '../../app/contract/models/asset.ts';
import { createProvider } from '../../app/providers/connections.ts';
import { composeDescription } from '../../app/providers/compose-description.ts';
import type { KnownFacts } from '../../app/providers/provider.ts';
import { parseObject } from './matchers.ts';
import { answered, sampleConnection, sampleKnownFacts, sampleRequest } from './samples.ts';

const nowMs = Date.UTC(2026, 10, 22);
const at = (year: number, month: number, day: number, hour = 0, minute = 0) =>
  Date.UTC(year, month - 1, day, hour, minute);
const compose = (facts: Facts, changes: Partial<KnownFacts> = {}) =>
  composeDescription(sampleKnownFacts({ facts, ...changes }), nowMs);

const nikon: Facts = {
  captureLocalMs: at(2006, 5, 14, 15, 30),
  cameraMake: 'Nikon',
  cameraModel: 'D40',
};

describe('composeDescription', () => {
  it('says what the camera wrote and what the picture looks like', () => {
    expect(compose(nikon)).toEqual({
      caption:
        'Photo taken with a Nikon D40 on Sunday 14 May 2006, in the afternoon. Landscape format, mostly green and blue.',
      altText: 'Photo in landscape format, mostly green and blue, taken on 14 May 2006.',
      keywords: ['2006', 'May'],
    });
  });

  it('says how the photo was exposed, as cameras show it', () => {
    const exposure = { exposureSeconds: 0.004, apertureF: 8, iso: 100, focalLengthMm: 35, flashFired: true };
    expect(compose({ ...nikon, ...exposure }).caption).toContain(
      'in the afternoon. Exposure: 1/250 s, f/8, ISO 100, 35 mm, with flash. Landscape format',
    );
    const phone = { exposureSeconds: 1.6, apertureF: 1.779, iso: 64, focalLengthMm: 4.28, flashFired: false };
    expect(compose(phone).caption).toContain('Exposure: 1.6 s, f/1.8, ISO 64, 4.3 mm.');
  });

  it('says what little it knows of a picture without facts', () => {
    expect(compose({})).toEqual({
      caption: 'Photo in landscape format, mostly green and blue.',
      altText: 'Photo in landscape format, mostly green and blue.',
      keywords: [],
    });
    expect(compose({}, { colors: [] }).caption).toBe('Photo in landscape format.');
  });

  it('does not repeat as ours what the file says already', () => {
    const facts = { ...nikon, title: 'Giostra', caption: 'The joust', keywords: ['horse'], creator: 'Ada' };
    expect(compose(facts)).toEqual(compose(nikon));
  });

  it('never calls a format by a word for what is in a picture', () => {
    for (const [widthPx, heightPx] of [
      [3000, 2000],
      [2000, 3000],
    ] as const) {
      const { caption, altText } = compose({}, { widthPx, heightPx });
      expect(`${caption} ${altText}`).not.toMatch(/(landscape|portrait) photo|photo of/i);
    }
  });
});

describe('composeDescription › place', () => {
  const place = {
    city: 'Auronzo',
    district: 'Provincia di Belluno',
    region: 'Veneto',
    country: 'Italy',
    distanceKm: 1,
    isNear: false,
  };

  it('names it in caption, alternative text and keywords', () => {
    const { caption, altText, keywords } = compose({ ...nikon, place });
    expect(caption).toMatch(
      /^Photo taken with a Nikon D40 in Auronzo, Provincia di Belluno, Veneto, Italy, on Sunday 14 May 2006, in the afternoon\./,
    );
    expect(altText).toContain('taken in Auronzo, Provincia di Belluno, Veneto, Italy, on 14 May 2006.');
    expect(keywords).toEqual(['2006', 'May', 'Auronzo', 'Veneto', 'Italy']);
    expect(compose({ place }).caption).toMatch(/^Photo taken in Auronzo, /);
  });

  it('gives no town as a keyword that it is only near', () => {
    const { caption, keywords } = compose({ place: { ...place, isNear: true } });
    expect(caption).toContain('Photo taken near Auronzo');
    expect(keywords).toEqual(['Veneto', 'Italy']);
  });

  it('says how far a town is that is too far away to be near', () => {
    const { caption, altText } = compose({ place: { ...place, distanceKm: 15.81, isNear: true } });
    expect(caption).toMatch(/^Photo taken 16 km from Auronzo, /);
    expect(altText).toContain('taken 16 km from Auronzo, ');
  });

  it('says a name once that city and region share', () => {
    const newYork = { ...place, city: 'New York City', region: 'New York', country: 'United States' };
    const { district: _district, ...rest } = newYork;
    expect(compose({ place: { ...rest, city: 'Luxembourg', region: 'Luxembourg' } }).caption).toContain(
      'in Luxembourg, United States.',
    );
  });
});

describe('composeDescription › date and time', () => {
  it.each([
    [4, 'at night'],
    [5, 'in the morning'],
    [11, 'in the morning'],
    [12, 'in the afternoon'],
    [17, 'in the afternoon'],
    [18, 'in the evening'],
    [22, 'at night'],
  ])('%i o’clock is %s', (hour, timeOfDay) => {
    expect(compose({ captureLocalMs: at(2019, 7, 5, hour, 30) }).caption).toMatch(
      new RegExp(`^Photo taken on Friday 5 July 2019, ${timeOfDay}\\.`),
    );
  });

  it.each<[string, number, Facts, boolean]>([
    ['sunlight at two', 2, { exposureSeconds: 0.004, apertureF: 8, iso: 100 }, false],
    ['sunlight at 23', 23, { exposureSeconds: 0.002, apertureF: 5.6, iso: 200 }, false],
    ['a lit street at two', 2, { exposureSeconds: 1 / 30, apertureF: 1.8, iso: 1600 }, true],
    ['a flash at two', 2, { exposureSeconds: 0.004, apertureF: 8, iso: 100, flashFired: true }, true],
    ['no ISO', 2, { exposureSeconds: 0.004, apertureF: 8 }, true],
  ])('a clock that says night is believed when there was no daylight: %s', (_, hour, exposure, isSaid) => {
    const { caption } = compose({ captureLocalMs: at(2019, 7, 5, hour, 30), ...exposure });
    expect(caption.includes('at night')).toBe(isSaid);
    expect(caption).toContain('on Friday 5 July 2019');
  });

  it('a scan is dated, and has no time of day', () => {
    const { caption, altText } = compose({ ...nikon, cameraMake: 'Canon', cameraModel: 'CanoScan 9000F' });
    expect(caption).toContain('CanoScan 9000F, dated Sunday 14 May 2006.');
    expect(altText).toMatch(/, dated 14 May 2006\.$/);
  });

  it.each<[string, number, boolean]>([
    ['exactly midnight, as programs write that know only the date', at(2019, 7, 5), true],
    ['long before cameras had clocks', at(1954, 7, 5, 14, 10), true],
    ['a clock that was never set', at(2000, 1, 1, 0, 3), false],
    ['the first of January', at(2015, 1, 1, 14, 10), false],
    ['1970', at(1970, 1, 1), false],
    ['the future', at(2031, 7, 5, 14, 10), false],
    ['before photography', at(1750, 7, 5, 14, 10), false],
  ])('does not trust the clock: %s', (_, captureLocalMs, isDateBelievable) => {
    const { caption, altText, keywords } = compose({ captureLocalMs });
    expect(caption).not.toMatch(/morning|afternoon|evening|night/);
    expect(/ on |taken/.test(caption)).toBe(isDateBelievable);
    expect(/taken on/.test(altText)).toBe(isDateBelievable);
    expect(keywords.length > 0).toBe(isDateBelievable);
  });
});

describe('composeDescription › look', () => {
  it.each([
    [3000, 2000, 'landscape format'],
    [2000, 3000, 'portrait format'],
    [2000, 2050, 'square format'],
    [6000, 1500, 'panorama format'],
    [1000, 4000, 'tall, narrow format'],
    [1080, 2400, 'portrait format'],
  ])('%i × %i is in %s', (widthPx, heightPx, format) => {
    expect(compose({}, { widthPx, heightPx }).caption).toMatch(`Photo in ${format}, `);
  });

  it.each([
    [['red'], 'mostly red'],
    [['red', 'white', 'blue', 'black'], 'mostly red, white and blue'],
  ])('names the main colours of %j', (colors, phrase) => {
    expect(compose({}, { colors }).caption).toBe(`Photo in landscape format, ${phrase}.`);
  });

  it('has as keywords only what photographers search by as a subject', () => {
    expect(
      compose(nikon, { widthPx: 6000, heightPx: 1500, isMonochrome: true, colors: ['gray'] }),
    ).toMatchObject({
      keywords: ['2006', 'May', 'black and white', 'panorama'],
      altText: 'Photo in panorama format, in black and white, taken on 14 May 2006.',
    });
  });

  it('counts the frames of an animation', () => {
    expect(compose({}, { frameCount: 12 }).caption).toMatch(/ The file has 12 frames\.$/);
  });

  it('keeps alt text under 125 characters, and every sentence whole', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 60 })),
        fc.option(fc.integer({ min: at(1800, 1, 1), max: at(2100, 1, 1) }), { nil: undefined }),
        fc.integer({ min: 1, max: 60_000 }),
        fc.integer({ min: 1, max: 60_000 }),
        (colors, captureLocalMs, widthPx, heightPx) => {
          const facts = captureLocalMs === undefined ? {} : { captureLocalMs };
          const { altText, caption } = compose(facts, { colors, widthPx, heightPx });
          expect(altText.length).toBeLessThanOrEqual(125);
          expect(altText).toMatch(/^Photo in .*\.$/s);
          expect(caption).toMatch(/^Photo .*\.$/s);
        },
      ),
    );
  });
});

describe('composeDescription › device', () => {
  it.each([
    ['Canon', 'EOS 20D', 'taken with a Canon EOS 20D.'],
    ['Olympus', 'E-M5', 'taken with an Olympus E-M5.'],
    ['HTC', 'Desire', 'taken with an HTC Desire.'],
    ['Nikon', undefined, 'taken with a Nikon.'],
    [undefined, 'DSC-W1', 'taken with a DSC-W1.'],
    ['Epson', 'Perfection V800', 'scanned with an Epson Perfection V800.'],
    ['Canon', 'CanoScan 9000F', 'scanned with a Canon CanoScan 9000F.'],
  ])('%j %j is %s', (cameraMake, cameraModel, phrase) => {
    const facts: Facts = { ...(cameraMake && { cameraMake }), ...(cameraModel && { cameraModel }) };
    expect(compose(facts).caption).toContain(`Photo ${phrase}`);
  });
});

describe('the built-in provider', () => {
  it('answers like any other, at no cost', async () => {
    const provider = createProvider({
      connection: sampleConnection({ kind: 'built-in', endpoint: null, deployment: null, modelId: null }),
      credential: undefined,
    });
    const outcome = await provider.describe(sampleRequest(), { signal: new AbortController().signal });
    expect(outcome).toMatchObject({
      status: 'answered',
      finishReason: 'stop',
      usage: { inputTokens: 0, outputTokens: 0 },
    });
    const { text, raw } = answered(outcome);
    expect(Object.keys(parseObject(text))).toEqual(['caption', 'altText', 'keywords']);
    expect(raw).toBe(text);
  });
});

const auf = (facts: Facts, changes: Partial<KnownFacts> = {}) =>
  composeDescription(sampleKnownFacts({ facts, ...changes }), nowMs, 'de');

describe('composeDescription › in German', () => {
  it('says the same', () => {
    expect(auf({ ...nikon, exposureSeconds: 1.6, apertureF: 1.779, flashFired: true })).toEqual({
      caption:
        'Foto, aufgenommen mit Nikon D40 am Sonntag, 14. Mai 2006, am Nachmittag. Belichtung: 1,6 s, f/1,8, mit Blitz. Querformat, überwiegend Grün und Blau.',
      altText: 'Foto im Querformat, überwiegend Grün und Blau, aufgenommen am 14. Mai 2006.',
      keywords: ['2006', 'Mai'],
    });
    const place = { city: 'Siena', region: 'Tuscany', country: 'Italy', distanceKm: 1, isNear: true };
    expect(auf({ place }, { isMonochrome: true, widthPx: 3000, heightPx: 1000 })).toEqual({
      caption: 'Foto, aufgenommen bei Siena, Tuscany, Italy. Panoramaformat, in Schwarz-Weiß.',
      altText: 'Foto im Panoramaformat, in Schwarz-Weiß, aufgenommen bei Siena, Tuscany, Italy.',
      keywords: ['Schwarz-Weiß', 'Panorama', 'Tuscany', 'Italy'],
    });
  });

  it('leaves no word in English, whatever is known', () => {
    const anything = fc.record({
      captureLocalMs: fc.option(fc.integer({ min: at(1995, 1, 1), max: nowMs }), { nil: undefined }),
      exposureSeconds: fc.constantFrom(undefined, 0.004, 2),
      flashFired: fc.constantFrom(undefined, true),
    });
    fc.assert(
      fc.property(anything, fc.subarray(['navy', 'pink', 'teal', 'grey']), (facts, colors) => {
        const defined = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
        const { caption, altText } = auf(defined, { colors, frameCount: 3 });
        expect(`${caption} ${altText}`).not.toMatch(
          /\b(photo|taken|on|mostly|and|format,? in|with|frames|day|navy|pink)\b/i,
        );
      }),
    );
  });
});
