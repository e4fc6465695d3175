import type { Finding } from '../../../contract/finding.ts';
import type { AssetId } from '../../../contract/ids.ts';
import type { upkeepProcedures } from '../../../contract/procedures/upkeep.ts';
import type { Call, HandlersOf, Input, Output, ReadProcedureName } from '../../../contract/procedures.ts';
import { parseQuery } from '../../../search/parse-query.ts';
import { dateContextAt } from '../../../search/query-dates.ts';
import { searchPage } from '../../../search/search.ts';
import type { ReadContext } from '../context.ts';
import { findOriginal } from '../../../library/asset-store.ts';
import { listNotesAround } from '../../../library/folder-note-store.ts';
import { listAnswersAbout } from '../../../threads/thread-store.ts';
import { show } from './asset.ts';

export function upkeepReads(context: ReadContext): HandlersOf<typeof upkeepProcedures, ReadProcedureName> {
  return {
    'library.doctor': (input, call) => doctor(context, input, call),
    'library.backUp': (input, call) => backUpInto(context, input, call),
    'library.export': (input) => exportPage(context, input),
  };
}

async function doctor(
  context: ReadContext,
  { online = false, ports }: Input<'library.doctor'>,
  call: Call<'library.doctor'>,
): Promise<Output<'library.doctor'>> {
  // Loaded when asked for: a search from the terminal needs none of it.
  const { examine } = await import('../../doctor/examine.ts');
  const findings: Finding[] = [];
  for await (const finding of examine(context, { isOnline: online, ports, signal: call.signal })) {
    findings.push(finding);
    call.tell(finding);
  }
  return { findings };
}

async function backUpInto(
  { libraryFolder, now }: ReadContext,
  { folder }: Input<'library.backUp'>,
  call: Call<'library.backUp'>,
): Promise<Output<'library.backUp'>> {
  const { backUpInto: copyInto } = await import('../../back-up-into.ts');
  return copyInto(libraryFolder, folder, {
    nowMs: now(),
    signal: call.signal,
    onProgress: (done) => {
      call.tell({ done });
    },
  });
}

const usualPage = 200;

function exportPage(
  context: ReadContext,
  { query = '', after, limit = usualPage }: Input<'library.export'>,
): Output<'library.export'> {
  const parsed = parseQuery(query, { dates: dateContextAt(context.now()) });
  const { ids, nextCursor } = searchPage(context.read, parsed, { limit, sort: 'oldest', after });
  const photos = ids.map((id) => ({
    ...show(context, id),
    notes: notesOf(context, id),
    questions: listAnswersAbout(context.read, id),
  }));
  return { photos, nextCursor };
}

function notesOf({ read }: ReadContext, id: AssetId): string[] {
  const original = findOriginal(read, id);
  if (original === undefined) return [];
  return listNotesAround(read, original.rootId, original.relativePath).map(({ note }) => note);
}
