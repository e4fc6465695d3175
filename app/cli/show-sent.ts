import type { Output } from '../contract/procedures.ts';
import { withReader, type CommandContext } from './context.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { formatBytes, formatTime } from './format.ts';
import { toLine } from './printable.ts';
import { sentText } from './prompt-text.ts';
import { findPhoto } from './find-photo.ts';

type Sent = Output<'asset.sent'>[number];

/** `cutline show --sent`: what left this machine of a photo, word for word, newest first. */
export function showSent(context: CommandContext, photo: string): Promise<ExitStatus> {
  const { terminal } = context;
  return withReader(context, async (reader) => {
    const { id } = await findPhoto(context, reader, photo);
    const requests = await reader.call('asset.sent', { id });
    terminal.printJson(requests);
    if (terminal.isJson) return exitStatus.done;
    if (requests.length === 0) terminal.print(sentText.nothing);
    for (const request of requests) printRequest(context, request);
    return exitStatus.done;
  });
}

function printRequest({ terminal }: CommandContext, sent: Sent): void {
  const model = sent.modelAnswered ?? sent.modelAsked ?? '';
  const facts = [formatTime(sent.sentAtMs), sent.connection, model, sent.promptVersion];
  terminal.printText(toLine(facts.filter((fact) => fact !== '').join(' · ')), { style: 'bold' });
  for (const { widthPx, heightPx, bytes } of sent.pictures) {
    const size = widthPx === null || heightPx === null ? undefined : `${widthPx} × ${heightPx}`;
    const detail = sent.detail === null ? '' : `, detail ${sent.detail}`;
    terminal.printText(
      size === undefined
        ? sentText.noPicture
        : sentText.picture(`${size}${detail}`, bytes === null ? undefined : formatBytes(bytes)),
      { indent: 2 },
    );
  }
  if (sent.instructions === null || sent.text === null) {
    terminal.printText(sentText.notKept, { indent: 2, style: 'dim' });
  } else {
    printBlock(terminal, sentText.instructions, sent.instructions);
    printBlock(terminal, sentText.text, sent.text);
  }
  if (sent.answer !== null) printBlock(terminal, sentText.answer, sent.answer);
  terminal.print();
}

function printBlock(terminal: CommandContext['terminal'], title: string, text: string): void {
  terminal.printText(title, { indent: 2, style: 'dim' });
  for (const line of text.split('\n')) terminal.printText(toLine(line), { indent: 4 });
}
