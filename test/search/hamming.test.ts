import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { lookDistance, toLook } from '../../app/search/hamming.ts';

const hash = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const toHex = (bits: bigint): string => bits.toString(16).padStart(16, '0');

test('looks are as far from each other as bits of their hashes differ', () => {
  fc.assert(
    fc.property(hash, hash, (one, other) => {
      const differing = (one ^ other).toString(2).replaceAll('0', '').length;
      expect(lookDistance(toLook(toHex(one)), toLook(toHex(other)))).toBe(differing);
    }),
  );
  expect(lookDistance(toLook('ffffffffffffffff'), toLook('0000000000000000'))).toBe(64);
});
