import type { ErrorInfo } from '../../contract/errors.ts';
import { findings, type Finding, type FindingCode } from '../../contract/finding.ts';

export function toFinding(
  code: FindingCode,
  facts: Finding['facts'] = {},
  error: ErrorInfo | null = null,
): Finding {
  const [check, level] = findings[code];
  return { code, check, level, facts, error };
}
