import { viewOf } from './bytes.ts';

const maxDatasets = 2000;
const utf8Escape = '\u001B%G';

/** Datasets by record and number, such as `2:25` (keywords), each with its values in order. */
export type IptcIim = ReadonlyMap<string, readonly string[]>;

/**
 * Reads an IPTC IIM block (IPTC IIM 4.2 §1.5). Its texts are UTF-8 when `1:90` says so. Without a word about it they are
 * UTF-8 where they can be, as many programs write it, else Latin-1 with Windows' additions. Never throws.
 */
export function readIptcIim(bytes: Uint8Array): IptcIim {
  const datasets = listDatasets(bytes);
  const charset = datasets.find(({ key }) => key === '1:90');
  const saysUtf8 =
    charset !== undefined && Buffer.from(charset.value).toString('latin1').startsWith(utf8Escape);
  const texts = new Map<string, string[]>();
  for (const { key, value } of datasets) {
    const text = decode(value, saysUtf8);
    const known = texts.get(key);
    if (known === undefined) texts.set(key, [text]);
    else known.push(text);
  }
  return texts;
}

type Dataset = { readonly key: string; readonly value: Uint8Array };

function listDatasets(bytes: Uint8Array): Dataset[] {
  const view = viewOf(bytes);
  const datasets: Dataset[] = [];
  let start = 0;
  while (start + 5 <= bytes.length && bytes[start] === 0x1c && datasets.length < maxDatasets) {
    const length = view.getUint16(start + 3);
    const end = start + 5 + length;
    // Lengths from 0x8000 on mark the extended form, which is for files inside the block, not for texts.
    if (length >= 0x8000 || end > bytes.length) break;
    datasets.push({
      key: `${String(bytes[start + 1])}:${String(bytes[start + 2])}`,
      value: bytes.subarray(start + 5, end),
    });
    start = end;
  }
  return datasets;
}

function decode(value: Uint8Array, saysUtf8: boolean): string {
  const text = new TextDecoder('utf-8').decode(value);
  return saysUtf8 || !text.includes('\uFFFD') ? text : new TextDecoder('windows-1252').decode(value);
}
