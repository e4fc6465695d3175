import {
  assert,
  constant,
  constantFrom,
  integer,
  oneof,
  property,
  record,
  string,
  type Arbitrary,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatRoute,
  gridSorts,
  libraryRoute,
  parseRoute,
  settingsSections,
  type Route,
} from '../../renderer/routes.ts';

const order = {
  query: string({ unit: 'binary' }),
  sort: constantFrom(null, ...gridSorts),
};
const anyId = integer({ min: 1, max: 1e9 });
const anyRoute: Arbitrary<Route> = oneof(
  record({ view: constant('library' as const), ...order }),
  record({ view: constant('photo' as const), assetId: anyId, ...order }),
  record({ view: constant('photo' as const), assetId: anyId, ...order, atMs: anyId }),
  record({
    view: constant('video-index' as const),
    connectionId: oneof(constant(null), anyId),
    index: oneof(constant(null), string({ unit: 'binary' })),
  }),
  record({ view: constant('runs' as const), runId: oneof(constant(null), anyId) }),
  record({ view: constant('settings' as const), section: constantFrom(...settingsSections) }),
  constant({ view: 'first-start' as const }),
);

describe('the address', () => {
  it('brings a person back to where they were, whatever they searched for', () => {
    assert(
      property(anyRoute, (route) => {
        expect(parseRoute(formatRoute(route))).toEqual(route);
      }),
    );
  });

  it('is the library when nobody knows it', () => {
    assert(
      property(string({ unit: 'binary' }), (hash) => {
        expect(() => parseRoute(hash)).not.toThrow();
      }),
    );
    expect(parseRoute('#/nowhere/7')).toEqual(libraryRoute);
    expect(parseRoute('')).toEqual(libraryRoute);
    expect(parseRoute('#/photo/abc')).toEqual(libraryRoute);
  });
});
