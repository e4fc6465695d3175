import { expect, test } from 'vitest';
import { webAddressesIn } from '../../../renderer/folders/web-addresses.ts';

test.each([
  ['https://example.org/a.jpg', ['https://example.org/a.jpg']],
  [
    ' http://example.org/a.jpg\r\n# its name\r\nhttps://example.org/b.png\n',
    ['http://example.org/a.jpg', 'https://example.org/b.png'],
  ],
  ['https://example.org/a.jpg\nhttps://example.org/a.jpg', ['https://example.org/a.jpg']],
  ['look at https://example.org/a.jpg', []],
  ['https://example.org/a.jpg and more', []],
  ['puffin', []],
  ['file:///etc/passwd', []],
  ['photo://renditions/1', []],
  ['https://', []],
  ['', []],
])('%j', (text, addresses) => {
  expect(webAddressesIn(text)).toEqual(addresses);
});
