import type { Output } from '../contract/procedures.ts';
import { previewPrompt } from '../engine/prompts.ts';
import type { CommandContext } from './context.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { toLine } from './printable.ts';
import { allPrompts, chooseOptions, findPrompt } from './prompt-choice.ts';
import { promptText } from './prompt-text.ts';

type Prompt = Output<'prompt.list'>[number];

/** `cutline prompts`: what can be asked. */
export async function printPrompts(context: CommandContext): Promise<ExitStatus> {
  const { terminal } = context;
  const prompts = await allPrompts(context);
  terminal.printJson(prompts);
  for (const prompt of prompts) printPrompt(context, prompt);
  terminal.note(promptText.showNext);
  return exitStatus.done;
}

/** `cutline prompts show`: what a prompt asks for, word for word. */
export async function showPrompt(
  context: CommandContext,
  named: string,
  language?: string,
): Promise<ExitStatus> {
  const { terminal } = context;
  const prompt = await findPrompt(context, named);
  const asked = { prompt: named, detail: 'auto', ...(language === undefined ? {} : { language }) } as const;
  const preview = previewPrompt(await chooseOptions(context, asked));
  terminal.printJson({ ...prompt, ...preview });
  if (terminal.isJson) return exitStatus.done;
  printPrompt(context, prompt);
  terminal.print();
  terminal.printText(promptText.version(toLine(preview.version)), { style: 'dim' });
  for (const line of preview.instructions.split('\n')) terminal.printText(toLine(line), { indent: 2 });
  return exitStatus.done;
}

function printPrompt({ terminal }: CommandContext, prompt: Prompt): void {
  const { name, about, fields, keywords, language, custom } = prompt;
  const own = custom === null ? '' : ` ${terminal.style('dim', `(${promptText.own}, ${custom.hash})`)}`;
  terminal.print(`${terminal.style('bold', toLine(name))}${own}`);
  if (about !== '') terminal.printText(toLine(about), { indent: 2 });
  const facts = [
    promptText.asksFor(fields.join(', ')),
    ...(fields.includes('keywords')
      ? [promptText.keywords(keywords.min, keywords.max, promptText.forms[keywords.form])]
      : []),
    ...(language === undefined ? [] : [toLine(language)]),
  ];
  terminal.printText(facts.join(' · '), { indent: 2, style: 'dim' });
}
