import {
  procedures,
  type Arguments,
  type Call,
  type CallOptions,
  type Handlers,
  type Output,
  type ProcedureName,
  type ReadProcedureName,
} from '../contract/procedures.ts';
import { openForReading } from '../db/open.ts';
import type { ConnectionKeys } from './handlers/context.ts';
import { readHandlers } from './handlers/read/index.ts';
import { systemClock, type Clock } from '../platform/clock.ts';
import { Roster } from '../search/roster.ts';
import { AppError } from '../platform/errors.ts';

/** What a host sees of an engine that may only read. */
export interface Reader {
  call<Name extends ReadProcedureName>(
    name: Name,
    input: Arguments<Name>,
    options?: CallOptions<Name>,
  ): Promise<Output<Name>>;
  close(): void;
}

/**
 * Opens a library for reading beside whatever else uses it. `undefined` when there is none in the folder. Loads neither
 * the decoder nor a client of any service, so that a search from the terminal starts at once.
 *
 * @throws {AppError} `schema-too-new`, `library-damaged`, `library-unavailable`.
 */
export function openReader(
  libraryFolder: string,
  { clock = systemClock, keys }: { readonly clock?: Clock; readonly keys?: ConnectionKeys | undefined } = {},
): Reader | undefined {
  const database = openForReading(libraryFolder);
  if (database === undefined) return undefined;
  const handlers = readHandlers({
    read: database.db,
    libraryFolder,
    now: () => clock.now(),
    roster: () => new Roster(database.db),
    keys,
  });
  return {
    call: (name, input, options) => callHandler(handlers, name, input, options),
    close: () => {
      database.close();
    },
  };
}

/** @throws {AppError} `invalid-input` when the input is not what the procedure takes, and whatever its handler throws. */
export async function callHandler<Name extends ProcedureName>(
  handlers: Handlers<Name>,
  name: Name,
  input: Arguments<Name>,
  options: CallOptions<Name> = {},
): Promise<Output<Name>> {
  const parsed = procedures[name].input.safeParse(input);
  if (!parsed.success) {
    const reason = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    throw new AppError('invalid-input', { reason });
  }
  const handler = handlers[name] as (data: unknown, call: Call<Name>) => unknown; // why: the schema above has just made the handler's input
  const call: Call<Name> = {
    signal: options.signal ?? new AbortController().signal,
    tell: (part) => options.onPart?.(part),
  };
  return (await handler(parsed.data, call)) as Output<Name>; // why: the handler's type says so
}
