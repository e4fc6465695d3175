import { formatCount, formatDuration, plural } from './format.ts';
import { formatUsd } from './money.ts';
import { programName } from './program-name.ts';
import { showText } from './show-text.ts';
import { planText } from './plan-text.ts';

/** What the terminal says of questions and their answers. */

export const askText = {
  usage: `Name photos and then the question: ${programName} ask PHOTO… QUESTION. Words with spaces stand in quotes.`,
  moment: (from: string, to: string): string => `From ${from} to ${to}.`,
  cropOfOne: 'A crop is a part of one photo. Name one photo only.',
  partialNotUsed: 'The answer is not whole, so it was not used.',
  plan: (plan: {
    photos: number;
    parts: readonly unknown[];
    connection: string;
    imageTokens: number;
    inputTokens: number;
    costMicroUsd: number | null;
    maxCostMicroUsd: number | null;
    price: { source: string } | null;
    /** Printable. */
    model: string | null;
  }): string => {
    const requests =
      plan.parts.length === 1
        ? ''
        : ` in ${formatCount(plan.parts.length)} requests, each answered by itself`;
    const sent = `${plural(plan.photos, 'photo')} to ${plan.connection}${requests}: ${formatCount(plan.imageTokens)} tokens for pictures, ${formatCount(plan.inputTokens)} in all.`;
    if (plan.price?.source === 'free') return sent;
    if (plan.costMicroUsd === null || plan.maxCostMicroUsd === null) {
      return `${sent} ${planText.priceUnknown(plan.model)}`;
    }
    return `${sent} About ${formatUsd(plan.costMicroUsd)}, at most ${formatUsd(plan.maxCostMicroUsd)}.`;
  },
  partOf: (part: number, of: number): string => `Part ${formatCount(part)} of ${formatCount(of)}`,
  which: (names: readonly string[]): string =>
    names.map((name, index) => `${String(index + 1)} ${name}`).join(' · '),
  waiting: (ms: number): string => `The service's rate limit is reached; waiting ${formatDuration(ms)}…`,
  stopped: (mostMicroUsd: number | null): string =>
    mostMicroUsd === null || mostMicroUsd === 0
      ? 'Stopped before an answer came.'
      : `Stopped before an answer came. If it was on its way, it may have cost up to ${formatUsd(mostMicroUsd)}: ${programName} usage`,
  ended: (answer: {
    finishReason: string;
    modelAnswered: string | null;
    usage: { inputTokens: number; outputTokens: number } | null;
    costMicroUsd: number | null;
    booking: string;
  }): string => {
    const { usage, costMicroUsd, booking } = answer;
    const parts = [
      ...(answerEnds.get(answer.finishReason) ?? []),
      ...(answer.modelAnswered === null ? [] : [answer.modelAnswered]),
      ...(usage === null ? [] : [showText.tokens(usage.inputTokens, usage.outputTokens)]),
    ];
    const it = parts.length === 0 ? 'It' : 'it';
    const cost =
      costMicroUsd === null
        ? []
        : [
            booking === 'estimate'
              ? `${it} may have cost up to ${formatUsd(costMicroUsd)}`
              : formatUsd(costMicroUsd),
          ];
    return [...parts, ...cost].join(' · ');
  },
  used: (used: { as: string; photos: number; keywords: readonly string[] }, threadId: number): string => {
    const what =
      used.as === 'caption'
        ? `It is the caption of ${plural(used.photos, 'photo')} now.`
        : `${plural(used.photos, 'photo has', 'photos have')} ${plural(used.keywords.length, 'keyword')} from it: ${used.keywords.join(' · ')}.`;
    return `${what} Take it back: ${programName} threads undo ${threadId}`;
  },
  goOn: (threadId: number): string => `Go on: ${programName} ask --thread ${threadId} "…"`,
  thread: (id: number): string => `Thread ${id}`,
  none: `No question was asked yet: ${programName} ask PHOTO… QUESTION`,
  photos: (count: number): string => plural(count, 'photo'),
  questions: (count: number): string => plural(count, 'question'),
  part: (sides: readonly number[]): string =>
    `a part of it: ${sides.map((side) => String(Number(side.toFixed(4)))).join(',')}`,
  noAnswer: 'no answer',
  partial: 'not whole',
  removed: (id: number, questions: number): string =>
    `Thread ${id} is removed, with ${plural(questions, 'question')}. What it cost stays in ${programName} usage.`,
  undone: (photos: number): string =>
    photos === 0
      ? 'Nothing of it is in use.'
      : `Taken back: ${plural(photos, 'photo has', 'photos have')} what was there before.`,
};

/** How an answer ended, where that is worth a word. */
const answerEnds: ReadonlyMap<string, readonly string[]> = new Map([
  ['length', ['The answer is longer than its limit: ask on for the rest']],
  ['refused', ['The model declined']],
  ['canceled', ['Stopped']],
  ['cut-off', ['The answer was cut off']],
  ['timeout', ['The answer took too long']],
]);
