import { readFile } from 'node:fs/promises';
import { parse } from 'node:path';
import type { RunOptions } from '../contract/models/run.ts';
import type { Output } from '../contract/procedures.ts';
import { listPrompts, readPrompt } from '../engine/prompts.ts';
import { openReader } from '../engine/reader.ts';
import { AppError } from '../platform/errors.ts';
import { toAbsolute, type CommandContext } from './context.ts';
import type { PromptFlags } from './prompt-flags.ts';
import { promptText } from './prompt-text.ts';

type Prompt = Output<'prompt.list'>[number];
/** What a run is asked for: what the flags say, and where they are silent, what the prompt says. */
export async function chooseOptions(context: CommandContext, asked: PromptFlags): Promise<RunOptions> {
  const { detail, maxImageTokens = null, style, keywordForm } = asked;
  const prompt = await findPrompt(context, asked.prompt);
  const hasOwnCount = asked.keywords !== undefined || keywordForm !== undefined;
  return {
    detail,
    maxImageTokens,
    prompt: prompt.name,
    ...(prompt.custom === null ? {} : { custom: prompt.custom }),
    language: asked.language ?? prompt.language ?? 'en',
    fields: asked.fields ?? prompt.fields,
    ...(hasOwnCount
      ? { keywords: { ...prompt.keywords, ...asked.keywords, ...(keywordForm && { form: keywordForm }) } }
      : {}),
    ...(style === undefined ? {} : { style }),
    ...againOf(asked),
    ...(asked.bursts === 'together' && { bursts: asked.bursts }),
  };
}

function againOf({ again, outdated }: PromptFlags): Pick<RunOptions, 'again'> {
  if (again === true) return { again: 'all' };
  return outdated === true ? { again: 'outdated' } : {};
}

/**
 * A preset by its name, a file by its path, or a prompt that this library was told before.
 *
 * @throws {AppError} `invalid-input`
 */
export async function findPrompt(context: CommandContext, named: string): Promise<Prompt> {
  if (/[/\\]|\.(?:md|txt)$/iu.test(named)) return readPromptFile(context, named);
  const prompts = await allPrompts(context);
  const found = prompts.find(({ name }) => name === named);
  if (found !== undefined) return found;
  throw new AppError('invalid-input', {
    reason: promptText.unknown(
      named,
      prompts.map(({ name }) => name),
    ),
  });
}

/** The presets, and what the library keeps, where there is one. */
export async function allPrompts({ libraryFolder }: CommandContext): Promise<Prompt[]> {
  const reader = openReader(libraryFolder);
  if (reader === undefined) return listPrompts();
  try {
    return await reader.call('prompt.list', {});
  } finally {
    reader.close();
  }
}

async function readPromptFile(context: CommandContext, path: string): Promise<Prompt> {
  const absolute = toAbsolute(context, path);
  let source: string;
  try {
    source = await readFile(absolute, 'utf8');
  } catch (error) {
    throw new AppError('invalid-input', { reason: promptText.unreadable(path) }, { cause: error });
  }
  try {
    return readPrompt(parse(absolute).name.slice(0, 60), source);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid-input') throw error;
    const reason = promptText.inFile(path, String(error.details['reason']));
    throw new AppError('invalid-input', { reason }, { cause: error });
  }
}
