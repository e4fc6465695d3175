import { InvalidArgumentError, Option, type Command } from 'commander';
import type { DescriptionField } from '../contract/models/description.ts';
import type { DetailChoice } from '../contract/models/detail.ts';
import type { Price } from '../contract/models/usage.ts';
import type { Privacy } from '../contract/models/root.ts';
import { AppError } from '../platform/errors.ts';
import type { CommandContext } from './context.ts';
import type { DescribeFlags } from './describe-flags.ts';
import type { PromptFlags } from './prompt-flags.ts';
import { parsePrice, parseUsd } from './money.ts';

/**
 * The options that several commands share, and how their values are read. What contract/models/ says of the same names
 * is not loaded here: `--help` should not wait for it. `satisfies` keeps both in step.
 */

export const details = ['low', 'high', 'auto'] as const satisfies DetailChoice[];
export const privacies = ['may-be-sent', 'local-only', 'built-in-only'] as const satisfies Privacy[];
const allFields = [
  'title',
  'caption',
  'altText',
  'keywords',
  'recognizedText',
  'objects',
] as const satisfies DescriptionField[];

/** A whole number of at least 1. */
export function parseCount(text: string): number {
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value < 1) {
    throw new InvalidArgumentError('It takes a whole number, 1 or more.');
  }
  return value;
}

export function parsePort(text: string): number {
  const value = parseCount(text);
  if (value > 65_535) throw new InvalidArgumentError('A port is at most 65535.');
  return value;
}

/** An option that may be given more than once. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** Lets commander say the reason of `invalid-input` beside the option that it is about. */
export function asArgument<Value>(parse: (text: string) => Value): (text: string) => Value {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      if (error instanceof AppError) throw new InvalidArgumentError(String(error.details['reason']));
      throw error;
    }
  };
}

export const parseBudget = asArgument(parseUsd);

/** A model answers in whatever it is asked for; a slip of the finger would be found out only in captions that are paid. */
export function parseLanguage(text: string): string {
  const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  let name: string | undefined;
  try {
    name = names.of(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  if (name === undefined) {
    throw new InvalidArgumentError(`“${text}” is no language; write its code, such as de or pt-BR.`);
  }
  return text;
}

export function parseConcurrency(text: string): number {
  const value = parseCount(text);
  if (value > 256) throw new InvalidArgumentError('It takes at most 256.');
  return value;
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '');

/** `keywords,alt-text` in any order; camel case as in `--json` is taken too. */
function parseFields(text: string): DescriptionField[] {
  const asked = text.split(',').filter((name) => name.trim() !== '');
  const fields = asked.map((name) => {
    const field = allFields.find((known) => plain(known) === plain(name));
    if (field === undefined) {
      throw new InvalidArgumentError(
        `There is no field “${name.trim()}”; there are ${allFields.join(', ')}.`,
      );
    }
    return field;
  });
  if (fields.length === 0) throw new InvalidArgumentError(`It takes some of ${allFields.join(', ')}.`);
  return allFields.filter((field) => fields.includes(field));
}

/** `20`: about so many; `10-20`: from, to. */
function parseKeywords(text: string): { min: number; max: number } {
  const match = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(text.trim());
  const first = Number(match?.[1]);
  const max = match?.[2] === undefined ? first : Number(match[2]);
  const min = match?.[2] === undefined ? Math.ceil(first * 0.7) : first;
  if (match === null || max < 1 || max > 100 || min > max) {
    throw new InvalidArgumentError('It takes a number such as 20, or a range such as 10-20, up to 100.');
  }
  return { min, max };
}

function parseStyle(text: string): string {
  const style = text.replaceAll(/\s+/g, ' ').trim();
  if (style.length > 300) throw new InvalidArgumentError('It takes at most 300 characters.');
  return style;
}

/** Which connection. */
export function addServiceOptions(command: Command): Command {
  return command
    .option(
      '--connection <kind or name>',
      'who answers: built-in (the default: no key, no network, no money, and can only describe), azure-openai, openai-compatible, azure-vision, or one that the library knows, by its name',
    )
    .option('--endpoint <url>', 'address of the service (AZURE_OPENAI_ENDPOINT, OPENAI_BASE_URL)')
    .option('--deployment <name>', 'Azure: the deployment (AZURE_OPENAI_DEPLOYMENT)')
    .option('--batch-deployment <name>', 'Azure: the deployment that answers batches')
    .option('--model <name>', 'the model behind it: sizes and price come from it')
    .addOption(
      new Option(
        '--sign-in <how>',
        'Azure: with a key, or with Microsoft Entra as this machine is signed in',
      ).choices(['key', 'entra'] as const),
    )
    .option('--api-version <version>', 'Azure: the dated API (OPENAI_API_VERSION)')
    .option(
      '--price <in/out>',
      'own price in US dollars per million tokens, such as 2.5/10',
      asArgument(parsePrice),
    )
    .option('--concurrency <n>', 'requests at the same time', parseConcurrency);
}

/** Which connection, and what it is asked: for describe, plan and the standing rule of a folder. */
export function addConnectionOptions(command: Command): Command {
  return addServiceOptions(command)
    .addOption(
      new Option('--detail <detail>', 'how closely the model looks').choices(details).default('auto'),
    )
    .option('--max-image-tokens <n>', 'largest picture to send, in tokens', parseCount)
    .option('--prompt <name>', 'general, stock, archive, alt-text, or a file such as album.md', 'general')
    .option(
      '--language <code>',
      'language of captions and keywords, such as de or pt-BR (default: en)',
      parseLanguage,
    )
    .option('--fields <names>', `only some of ${allFields.join(', ')}`, parseFields)
    .option('--keywords <n>', 'how many keywords, such as 20 or 10-20', parseKeywords)
    .addOption(
      new Option('--keyword-form <form>', 'single words, or phrases too').choices([
        'words',
        'phrases',
      ] as const),
    )
    .addOption(
      new Option(
        '--bursts <how>',
        'photos of one burst, and near-duplicates: alone, or together in one request, which costs less',
      )
        .choices(['alone', 'together'] as const)
        .default('alone'),
    )
    .option('--style <words>', 'how it should sound, such as "sober, for a museum"', parseStyle);
}

/** Which photos: for describe and plan. */
export function addScopeOptions(command: Command): Command {
  return command
    .option('--query <words>', 'only what this search finds')
    .option('--limit <n>', 'only the first so many', parseCount)
    .addOption(new Option('--again', 'also what this connection has described already').conflicts('outdated'))
    .option('--outdated', 'also what an older prompt or model of this connection has described')
    .option('--batch', 'overnight, at half the price: the service takes up to a day')
    .addOption(
      new Option('--batch-rest <way>', 'how what its day was not enough for goes on').choices([
        'batch',
        'live',
      ] as const),
    );
}

/** As commander gives the options above. */
export type ParsedOptions = PromptFlags & {
  readonly connection?: string;
  readonly endpoint?: string;
  readonly deployment?: string;
  readonly model?: string;
  readonly apiVersion?: string;
  readonly signIn?: 'key' | 'entra';
  readonly concurrency?: number;
  readonly price?: Price;
  readonly batchDeployment?: string;
  readonly batch?: boolean;
  readonly batchRest?: 'batch' | 'live';
  readonly query?: string;
  readonly limit?: number;
  readonly budget?: number;
  readonly yes?: boolean;
  readonly wait?: boolean;
  readonly fallback?: string;
  readonly allowUpload?: string;
  readonly damaged?: boolean;
  readonly allowPrivate?: boolean;
  readonly sendUrl?: boolean;
};

export async function toDescribeFlags(
  context: CommandContext,
  options: ParsedOptions,
): Promise<DescribeFlags> {
  const { chooseOptions } = await import('./prompt-choice.ts');
  const { connection, endpoint, deployment, model, apiVersion, signIn, concurrency, price, query, limit } =
    options;
  const { budget = null } = options;
  const isBatch = options.batch === true || options.batchRest !== undefined;
  return {
    connection,
    endpoint,
    deployment,
    model,
    apiVersion,
    signIn,
    concurrency,
    price,
    query,
    limit,
    batchDeployment: options.batchDeployment,
    options: {
      ...(await chooseOptions(context, options)),
      ...(isBatch && { batch: { rest: options.batchRest ?? 'batch' } }),
      ...(options.sendUrl === true && { sendsAddresses: true as const }),
    },
    budgetMicroUsd: budget,
    yes: options.yes === true,
    wait: options.wait === true,
    damaged: options.damaged === true,
    fallback: options.fallback,
    allowUpload: options.allowUpload,
    allowPrivate: options.allowPrivate === true,
  };
}

/** A calendar day, as its first millisecond in local time. */
export function parseDay(text: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const [year, month, day] = (match ?? []).slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined) {
    throw new InvalidArgumentError('It takes a day such as 2026-01-31.');
  }
  const date = new Date(year, month - 1, day);
  if (date.getMonth() !== month - 1 || date.getDate() !== day) {
    throw new InvalidArgumentError('There is no such day.');
  }
  return date.getTime();
}

/** May be given several times. */
export function parsePorts(text: string, before: readonly number[] = []): readonly number[] {
  return [...before, parsePort(text)];
}
