import type { ThreadSummary } from '../contract/procedures/thread.ts';
import type { CommandContext } from './context.ts';
import { formatTime } from './format.ts';
import { usageText } from './library-text.ts';
import { formatUsd } from './money.ts';
import { toLine, truncate } from './printable.ts';
import { askText } from './ask-text.ts';

/** A thread in two lines: what was asked, and the beginning of the last answer. */
export function printThread({ terminal }: CommandContext, thread: ThreadSummary): void {
  const { id, question, answer, questions, photos, costMicroUsd, updatedAtMs } = thread;
  const facts = [
    formatTime(updatedAtMs),
    askText.photos(photos),
    ...(questions > 1 ? [askText.questions(questions)] : []),
    costMicroUsd === null ? usageText.unknownPrice : formatUsd(costMicroUsd),
  ].join(' · ');
  terminal.print(`${askText.thread(id)}  ${terminal.style('dim', facts)}`);
  terminal.printText(toLine(question), { indent: 2, style: 'bold' });
  terminal.print(`  ${truncate(toLine(answer ?? askText.noAnswer), terminal.width - 2)}`);
}
