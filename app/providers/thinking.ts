/**
 * Local models let their thinking leak into the answer, between tags (USERS §5). Some chat templates write the opening tag
 * into the prompt, so that only the closing one is left; and a limit may cut the thoughts before they end.
 */

const tag = String.raw`(?:think(?:ing)?|thoughts?|reasoning)`;
const opening = new RegExp(String.raw`^\s*(?:<${tag}>|\[THINK\])`, 'i');
const closing = new RegExp(String.raw`(?:</${tag}>|\[/THINK\])\s*`, 'gi');

/** The answer without what was thought before it; empty when the thoughts never end. */
export function withoutThinking(text: string): string {
  // Thoughts may quote the tag, so they end with the last one that closes.
  const last = [...text.matchAll(closing)].at(-1);
  if (last !== undefined) return text.slice(last.index + last[0].length);
  return opening.test(text) ? '' : text;
}

const longestTag = '<reasoning>'.length;

/** As `withoutThinking`, for an answer that is still coming: nothing, as long as its beginning may become a tag. */
export function answerSoFar(text: string): string {
  const beginning = text.trimStart();
  if (/^[<[]/.test(beginning) && beginning.length < longestTag) return '';
  return opening.test(text) ? withoutThinking(text) : text;
}
