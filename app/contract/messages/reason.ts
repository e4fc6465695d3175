import type { ErrorDetails } from '../errors.ts';

/** What the system's codes mean where a file cannot be read or written. */
export type SystemReasons = Readonly<Record<string, string>>;

const isSystemCode = /^E[A-Z0-9_]+$/;
const isClosed = /[.!?…][)”"'’»]?$/u;

/**
 * The reason of an error as a sentence of its own behind a space, or nothing: it begins large and ends with a full stop, however the
 * system, a tool or a service wrote it. The system's codes are said in words, or stand in brackets.
 */
export function reasonSentence({ reason }: ErrorDetails, known: SystemReasons): string {
  const text = reason === undefined ? '' : String(reason).trim();
  if (text === '') return '';
  if (isSystemCode.test(text)) return ` ${known[text] ?? `(${text}.)`}`;
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return ` ${isClosed.test(begun) ? begun : `${begun.replace(/[,;:]$/u, '')}.`}`;
}

/** Whether a sentence may say how large the picture is that was found. */
export function foundSize({ widthPx, heightPx }: ErrorDetails): string | undefined {
  return widthPx === undefined || heightPx === undefined ? undefined : `${widthPx} × ${heightPx}`;
}
