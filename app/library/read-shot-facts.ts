import { open } from 'node:fs/promises';
import type { Facts } from '../contract/models/asset.ts';
import { sniffFormat } from '../imaging/sniff.ts';
import { readHeadFacts } from '../metadata/head-facts.ts';
import { systemCode } from '../platform/errors.ts';

/** Where most cameras write when and by what a picture was taken. */
const headBytes = 256 * 1024;

/** What the head of a picture says; nothing where it cannot be read, or says it further back. */
export async function readShotFacts(path: string): Promise<Facts> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafeSlow(headBytes), 0, headBytes, 0);
      const head = buffer.subarray(0, bytesRead);
      return readHeadFacts(head, sniffFormat(head, path).format).facts;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return {};
  }
}
