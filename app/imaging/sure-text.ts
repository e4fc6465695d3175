/** A word as the recogniser gives it. */
export type ReadWord = {
  readonly text: string;
  /** 0–100, as the recogniser thinks. */
  readonly confidence: number;
};

/** Over real photos nothing that is no text is read with so much confidence and so many letters. */
const sureConfidence = 80;
const fewestLetters = 3;
/** Part of a word's characters that are letters or digits. */
const leastLetterShare = 0.7;
/** A short word counts beside one that is sure. */
const sureShortConfidence = 90;

const lettersOf = (text: string): number => (text.match(/[\p{L}\p{N}]/gu) ?? []).length;
const charactersOf = (text: string): number => (text.match(/\S/gu) ?? []).length;

/**
 * What can be trusted of lines that were read in a photo, as text with a line for each; `undefined` when nothing can. Rather
 * nothing than something wrong: a fence is read as IIIIII, and leaves as anything.
 */
export function sureText(lines: readonly (readonly ReadWord[])[]): string | undefined {
  const sure = lines.map(sureWords).filter((words) => words.length > 0);
  return sure.length === 0 ? undefined : sure.map((words) => words.join(' ')).join('\n');
}

function sureWords(line: readonly ReadWord[]): string[] {
  if (!line.some(isSure)) return [];
  return line.flatMap((word) => (isSure(word) || isSureShort(word) ? [word.text.trim()] : []));
}

function isSure({ text, confidence }: ReadWord): boolean {
  const letters = lettersOf(text);
  const isRepeated = /^(.)\1+$/u.test(text.trim());
  return (
    confidence >= sureConfidence &&
    letters >= fewestLetters &&
    letters >= charactersOf(text) * leastLetterShare &&
    !isRepeated
  );
}

function isSureShort({ text, confidence }: ReadWord): boolean {
  return confidence >= sureShortConfidence && /^[\p{L}\p{N}]{1,2}$/u.test(text.trim());
}
