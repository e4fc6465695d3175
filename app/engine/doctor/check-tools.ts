import type { Finding } from '../../contract/finding.ts';
import { lookAtTools } from '../../metadata/tools.ts';
import { toFinding } from './to-finding.ts';

/** Perl, ExifTool, and what ExifTool brings: each only where what it needs is there. */
export async function checkTools(): Promise<Finding[]> {
  const { perl, exifTool, hasDigest, hasPlaces } = await lookAtTools();
  const found: Finding[] = [];
  if (perl !== undefined) {
    if ('reason' in perl) return [toFinding('perl-missing', { reason: perl.reason })];
    found.push(toFinding('perl-runs', { version: perl.version }));
  }
  if ('reason' in exifTool) return [...found, toFinding('exiftool-fails', { reason: exifTool.reason })];
  found.push(toFinding('exiftool-runs', { version: exifTool.version }));
  if (hasDigest !== undefined) found.push(toFinding(hasDigest ? 'digest-there' : 'digest-missing'));
  found.push(toFinding(hasPlaces ? 'places-known' : 'places-unknown'));
  return found;
}
