import { messageFor } from '../contract/messages/en.ts';
import type { Arguments, Output } from '../contract/procedures.ts';
import type { Moment } from '../contract/models/description.ts';
import type { Reader } from '../engine/reader.ts';
import { withReader, type CommandContext } from './context.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { formatClock } from './format.ts';
import { showMatches, withoutMarks } from './matches.ts';
import { shownPath } from './photo-lines.ts';
import { toLine, truncatePath } from './printable.ts';
import { searchText } from './text.ts';

type Found = Output<'search.query'>;
type Photo = Found['photos'][number];

const usualLimit = 50;
/** Of one video; `show` lists all. */
const mostMoments = 3;
/** The contract's largest page. */
const largestPage = 500;

/** `cutline search`: finds photos; an empty query lists all. */
export function search(
  context: CommandContext,
  query: string,
  { limit = usualLimit, sort }: { limit?: number | undefined; sort?: Arguments<'search.query'>['sort'] },
): Promise<ExitStatus> {
  const { terminal } = context;
  return withReader(context, async (reader) => {
    const photos: Photo[] = [];
    let found: Found;
    let after: string | null = null;
    do {
      found = await reader.call('search.query', {
        query,
        limit: Math.min(limit - photos.length, largestPage),
        ...(sort === undefined ? {} : { sort }),
        ...(after === null ? {} : { after }),
      });
      photos.push(...found.photos);
      after = found.nextCursor;
    } while (after !== null && photos.length < limit);

    for (const note of found.notes) terminal.note(toLine(note));
    const moments = new Map<number, readonly Moment[]>();
    for (const photo of photos) moments.set(photo.id, await findMoments(reader, photo));
    terminal.printJson({
      total: found.total,
      photos: photos.map(({ id, path, caption, keywords, snippet, failure }) => ({
        id,
        path,
        caption,
        keywords,
        snippet: snippet === null ? null : withoutMarks(snippet),
        ...((moments.get(id) ?? []).length > 0 && { moments: moments.get(id) }),
        ...(failure === null ? {} : { error: { code: failure.code, message: messageFor(failure) } }),
      })),
    });
    for (const photo of photos) printPhoto(context, photo, moments.get(photo.id) ?? []);
    const others = [...new Set(photos.flatMap(otherWordsOf))];
    if (!terminal.isJson && others.length > 0) terminal.note(toLine(searchText.alsoFound(others)));
    if (!terminal.isJson && found.leavesOutOthers) terminal.note(searchText.leavesOutOthers);
    if (!terminal.isJson) terminal.note(searchText.count(found.total, found.totalIsCapped, photos.length));
    return exitStatus.done;
  });
}

/** Of a video that was found by what happens in it, when that is. */
async function findMoments(reader: Reader, { id, matches }: Photo): Promise<readonly Moment[]> {
  const starts = new Set(matches.flatMap(({ momentMs }) => momentMs ?? []));
  if (starts.size === 0) return [];
  const { description } = await reader.call('asset.get', { id });
  return (description?.moments ?? []).filter(({ startMs }) => starts.has(startMs));
}

/** Words that nobody typed, as the photo has them. */
function otherWordsOf({ matches }: Photo): string[] {
  const others = matches.filter(({ by }) => by === 'spelling' || by === 'synonym' || by === 'narrower');
  return others.map(({ found }) => found.toLowerCase());
}

function printPhoto(context: CommandContext, photo: Photo, moments: readonly Moment[]): void {
  const { terminal } = context;
  const { id, path, caption, keywords, snippet, nearDuplicates, failure } = photo;
  const copies = nearDuplicates === null ? '' : ` ${searchText.copies(nearDuplicates.photos)}`;
  const note = `#${String(id)}${copies}`;
  const shown = truncatePath(shownPath(context, path), terminal.width - note.length - 2);
  terminal.print(`${terminal.style('bold', shown)} ${terminal.style('dim', note)}`);
  const show = (match: string): string => terminal.style('inverse', match);
  const said = moments.length > 0 ? caption : (snippet ?? caption);
  const lines = showMatches(said ?? '', (text) => terminal.wrap(text, 2), show);
  for (const line of lines) terminal.print(`  ${line}`);
  for (const { startMs, endMs, text } of moments.slice(0, mostMoments)) {
    terminal.printText(`${formatClock(startMs)}–${formatClock(endMs)}  ${toLine(text)}`, { indent: 2 });
  }
  if (failure !== null) terminal.printText(toLine(messageFor(failure)), { indent: 2, style: 'red' });
  if (keywords.length > 0) terminal.printText(keywords.map(toLine).join(' · '), { indent: 2, style: 'dim' });
}
