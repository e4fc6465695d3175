import { AppError } from '../platform/errors.ts';

/**
 * The words of a command that lets unknown options pass, because its words are a person's own: `-kw:leash` and `-beach` are
 * words. What begins with `--` is a mistyped option all the same: it may have been about money, or about what is printed.
 *
 * @param typed the whole command line; behind its `--` everything is a word
 * @throws {AppError} `invalid-input`
 */
export function dashedWords(words: readonly string[], typed: readonly string[]): string[] {
  const end = typed.indexOf('--');
  const options = end === -1 ? typed : typed.slice(0, end);
  const mistyped = words.find((word) => /^--[\p{L}\d]/u.test(word) && options.includes(word));
  if (mistyped !== undefined) {
    throw new AppError('invalid-input', {
      reason: `There is no option ${mistyped}; --help lists them. To have it as a word, write -- before it.`,
    });
  }
  return words.filter((word) => word !== '--');
}
