/** @file What the batch service checks of an input file before it begins (AZURE §7), with its codes and lines. */

import { isObject, type JsonObject } from '../checks.ts';
import type { Deployment } from '../personas.ts';

export type LineError = {
  readonly code: string;
  readonly message: string;
  readonly param: string | null;
  /** From 1. */
  readonly line: number | null;
};

export type BatchLine = { readonly customId: string; readonly body: JsonObject };

export type Checked =
  | { readonly errors: readonly LineError[] }
  | { readonly errors: readonly []; readonly lines: readonly BatchLine[]; readonly deployment: Deployment };

const most = 10;

export function checkInput(
  content: Buffer,
  {
    endpoint,
    mostLines,
    findDeployment,
  }: {
    readonly endpoint: string;
    readonly mostLines: number;
    /** One that answers batches. */
    readonly findDeployment: (name: string) => Deployment | undefined;
  },
): Checked {
  const text = content.toString('utf8');
  const rows = text.split('\n');
  if (rows.at(-1) === '') rows.pop();
  if (rows.length === 0) return { errors: [error('empty_file', 'The input file is empty.', null)] };
  if (rows.length > mostLines) {
    return {
      errors: [error('too_many_tasks', `The number of requests is larger than ${mostLines}.`, null)],
    };
  }
  const errors: LineError[] = [];
  const lines: BatchLine[] = [];
  const seen = new Set<string>();
  let model: string | undefined;
  for (const [index, row] of rows.entries()) {
    const line = index + 1;
    const value = parse(row);
    if (!isObject(value)) {
      errors.push(error('invalid_json_line', 'This line is not parseable as valid JSON.', line));
      continue;
    }
    const wrong = checkLine(value, line, endpoint, seen);
    if (wrong !== undefined) {
      errors.push(wrong);
      continue;
    }
    const body = value['body'] as JsonObject; // why: checkLine saw an object
    const named = String(body['model']);
    if (model !== undefined && named !== model) {
      errors.push(
        error('model_mismatch', 'The model of this line is not that of the first.', line, 'body.model'),
      );
      continue;
    }
    model = named;
    lines.push({ customId: String(value['custom_id']), body });
  }
  if (errors.length > 0) return { errors: errors.slice(0, most) };
  const deployment = findDeployment(model ?? '');
  if (deployment !== undefined) return { errors: [], lines, deployment };
  const message =
    'The model deployment name that was specified in the model property of the input file was not found. Please ensure this name points to a valid batch deployment.';
  return { errors: [error('model_not_found', message, 1, 'body.model')] };
}

function checkLine(
  value: JsonObject,
  line: number,
  endpoint: string,
  seen: Set<string>,
): LineError | undefined {
  const stranger = Object.keys(value).find((key) => !['custom_id', 'method', 'url', 'body'].includes(key));
  if (stranger !== undefined) {
    return error('invalid_request', `Unknown parameter: '${stranger}'.`, line, stranger);
  }
  const customId = value['custom_id'];
  if (typeof customId !== 'string' || customId === '' || customId.length > 512) {
    return error('invalid_request', "Missing required parameter: 'custom_id'.", line, 'custom_id');
  }
  if (seen.has(customId)) {
    return error('duplicate_custom_id', 'The custom_id of this line is a duplicate.', line, 'custom_id');
  }
  seen.add(customId);
  if (value['method'] !== 'POST') {
    return error('invalid_request', "Invalid value for 'method': expected 'POST'.", line, 'method');
  }
  if (value['url'] !== endpoint) {
    return error(
      'url_mismatch',
      `The URL of this line is not the batch's endpoint ${endpoint}.`,
      line,
      'url',
    );
  }
  const body = value['body'];
  if (!isObject(body) || typeof body['model'] !== 'string') {
    return error('invalid_request', "Missing required parameter: 'body.model'.", line, 'body.model');
  }
  if (body['stream'] === true) {
    return error('invalid_request', 'Streaming is not supported in a batch.', line, 'body.stream');
  }
  return undefined;
}

function parse(row: string): unknown {
  try {
    return JSON.parse(row); // A byte order mark is no JSON either.
  } catch {
    return undefined;
  }
}

function error(code: string, message: string, line: number | null, param: string | null = null): LineError {
  return { code, message, param, line };
}
