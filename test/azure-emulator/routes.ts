import type { Form } from './auth.ts';
import { gatewayError, resourceNotFound, type ErrorAnswer } from './errors.ts';

/** Files and batches (AZURE §7). */
export type BatchRoute = {
  readonly kind: 'batch';
  readonly form: Form;
  readonly action:
    | 'upload'
    | 'list-files'
    | 'get-file'
    | 'read-file'
    | 'delete-file'
    | 'create'
    | 'list'
    | 'poll'
    | 'cancel';
  /** Of the file or the batch. */
  readonly id?: string;
  /** Of a list. */
  readonly after?: string | null;
  readonly limit?: number;
};

export type Route =
  /** `deployment` is `undefined` where the body's `model` names it. */
  | {
      readonly kind: 'chat';
      /** The same question, asked and answered in another shape (AZURE §1.9). */
      readonly api: 'chat' | 'responses';
      readonly form: Form;
      readonly deployment: string | undefined;
      readonly apiVersion: string | undefined;
      /** It came as a line of a batch. */
      readonly isBatchLine?: true;
      /** The retired route, with enhancements (AZURE §1.1 D). */
      readonly isExtended?: true;
    }
  | BatchRoute
  | { readonly kind: 'models'; readonly form: Form }
  /** The list of 2023, undocumented today (AZURE §1.10). */
  | { readonly kind: 'deployments'; readonly form: 'dated' };

/** Dated versions of the data plane; each new one would be added here. */
const apiVersions = new Set([
  '2023-05-15',
  '2023-12-01-preview',
  '2024-02-01',
  '2024-02-15-preview',
  '2024-03-01-preview',
  '2024-05-01-preview',
  '2024-06-01',
  '2024-07-01-preview',
  '2024-08-01-preview',
  '2024-09-01-preview',
  '2024-10-01-preview',
  '2024-10-21',
  '2024-12-01-preview',
  '2025-01-01-preview',
  '2025-02-01-preview',
  '2025-03-01-preview',
  '2025-04-01-preview',
]);

const deploymentListVersions = new Set(['2022-12-01', '2023-03-15-preview']);

/** The form that a path belongs to, for the check of its key; `undefined` when it is none of ours. */
export function formOf(pathname: string): Form | undefined {
  if (pathname.startsWith('/openai/v1/')) return 'v1';
  if (pathname.startsWith('/openai/')) return 'dated';
  if (pathname.startsWith('/computervision/')) return 'vision';
  return pathname.startsWith('/v1/') ? 'compatible' : undefined;
}

/** Where a request goes, or the error that its path or version deserves. */
export function findRoute(
  method: string,
  url: URL,
): Route | { readonly kind: 'error'; readonly answer: ErrorAnswer } {
  const form = formOf(url.pathname);
  const apiVersion = url.searchParams.get('api-version') ?? undefined;
  const notFound = { kind: 'error', answer: resourceNotFound } as const;
  // Vision has its own desk.
  if (form === undefined || form === 'vision') return notFound;
  if (form === 'dated') return findDated(method, url, apiVersion) ?? notFound;

  if (form === 'v1' && apiVersion !== undefined && !['v1', 'preview', 'latest'].includes(apiVersion)) {
    const message = 'api-version query parameter is not allowed when using /v1 path';
    return { kind: 'error', answer: gatewayError(400, 'BadRequest', message) };
  }
  const rest = url.pathname.replace(/^(?:\/openai)?\/v1\//, '');
  const batch = findBatchRoute(method, rest, url, form);
  if (batch !== undefined) return batch;
  if (method === 'POST' && (rest === 'chat/completions' || rest === 'responses')) {
    const api = rest === 'responses' ? 'responses' : 'chat';
    return { kind: 'chat', api, form, deployment: undefined, apiVersion: undefined };
  }
  return method === 'GET' && rest === 'models' ? { kind: 'models', form } : notFound;
}

function findDated(method: string, url: URL, apiVersion: string | undefined): Route | undefined {
  const { pathname } = url;
  if (apiVersion === undefined) return undefined;
  if (method === 'GET' && pathname === '/openai/deployments' && deploymentListVersions.has(apiVersion)) {
    return { kind: 'deployments', form: 'dated' };
  }
  if (!apiVersions.has(apiVersion)) return undefined;
  if (method === 'GET' && pathname === '/openai/models') return { kind: 'models', form: 'dated' };
  const batch = findBatchRoute(method, pathname.replace(/^\/openai\//, ''), url, 'dated');
  if (batch !== undefined) return batch;
  const name = /^\/openai\/deployments\/([^/]+)\/chat\/completions$/.exec(pathname)?.[1];
  if (method !== 'POST') return undefined;
  const extended = /^\/openai\/deployments\/([^/]+)\/extensions\/chat\/completions$/.exec(pathname)?.[1];
  if (extended !== undefined && apiVersion === '2023-12-01-preview') {
    const deployment = decodeName(extended);
    return { kind: 'chat', api: 'chat', form: 'dated', deployment, apiVersion, isExtended: true };
  }
  if (name === undefined) return undefined;
  return { kind: 'chat', api: 'chat', form: 'dated', deployment: decodeName(name), apiVersion };
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // A broken escape names no deployment; the answer is DeploymentNotFound.
  }
}

/** @param rest what follows `/openai/`, `/openai/v1/` or `/v1/` */
export function findBatchRoute(method: string, rest: string, url: URL, form: Form): BatchRoute | undefined {
  const [noun, id, verb, ...more] = rest.split('/');
  if (more.length > 0 || (noun !== 'files' && noun !== 'batches')) return undefined;
  const actions: Readonly<Record<string, BatchRoute['action']>> = {
    'POST files': 'upload',
    'GET files': 'list-files',
    'GET files/ID': 'get-file',
    'DELETE files/ID': 'delete-file',
    'GET files/ID/content': 'read-file',
    'POST batches': 'create',
    'GET batches': 'list',
    'GET batches/ID': 'poll',
    'POST batches/ID/cancel': 'cancel',
  };
  const asked = [noun, ...(id === undefined ? [] : ['ID']), ...(verb === undefined ? [] : [verb])].join('/');
  const action = actions[`${method} ${asked}`];
  if (action === undefined) return undefined;
  const limit = Number(url.searchParams.get('limit') ?? '20');
  return {
    kind: 'batch',
    form,
    action,
    ...(id !== undefined && { id }),
    after: url.searchParams.get('after'),
    limit,
  };
}
