import { array, assert, constantFrom, integer, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../../../app/platform/errors.ts';
import { parseWebAddress } from '../../../app/providers/web/fetch-picture.ts';
import { isPublicAddress, literalAddress } from '../../../app/providers/web/public-address.ts';

// From IANA's special-purpose registries, and the address at which clouds keep their secrets.
test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '239.255.255.250',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:a9fe:a9fe',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '100::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  'localhost',
  '',
])('%s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each([
  '1.1.1.1',
  '8.8.8.8',
  '172.15.0.1',
  '172.32.0.1',
  '192.169.0.1',
  '2606:4700:4700::1111',
  '2a00:1450:4001::5',
])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

// Every way to write 127.0.0.1 and 169.254.169.254 that browsers and curl understand.
test.each([
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.1/',
  'http://0177.0.0.1/',
  'http://127.1/',
  'http://127.0.0.1./',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[0:0:0:0:0:ffff:7f00:1]/',
  'http://2852039166/',
  'http://0xa9fea9fe/',
  'http://１２７.０.０.１/',
])('%s leads to a private address', (address) => {
  const literal = literalAddress(parseWebAddress(address));
  expect(literal).toBeDefined();
  expect(isPublicAddress(literal ?? '')).toBe(false);
});

test.each([
  'ftp://example.org/a.jpg',
  'file:///etc/passwd',
  'data:image/png;base64,AA',
  'javascript:1',
  'example.org/a.jpg',
  'https://me:secret@example.org/',
])('%s is no address of a picture', (address) => {
  expect(() => parseWebAddress(address)).toThrow(AppError);
});

test('an IPv4 address in IPv6’s clothes is never public', () => {
  const octet = integer({ min: 0, max: 255 });
  assert(
    property(
      tuple(octet, octet, octet, octet),
      constantFrom('::ffff:', '::', '64:ff9b::'),
      (octets, before) => {
        expect(isPublicAddress(`${before}${octets.join('.')}`)).toBe(false);
      },
    ),
  );
});

test('whatever stands there, looking at it ends with an answer', () => {
  assert(
    property(array(constantFrom('1', ':', '.', 'f', '%', '[', ' ', '0x')), (parts) => {
      expect([true, false]).toContain(isPublicAddress(parts.join('')));
    }),
  );
});
