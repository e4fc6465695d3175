import { formatWhere } from '../contract/place-name.ts';
import { messageFor } from '../contract/messages/en.ts';
import type { TakenAnswer } from '../contract/history.ts';
import type { Output } from '../contract/procedures.ts';
import type { ThreadSummary } from '../contract/procedures/thread.ts';
import { withReader, type CommandContext } from './context.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import {
  formatBytes,
  formatCaptureTime,
  formatClock,
  formatCount,
  formatExposure,
  formatOffset,
  formatTime,
} from './format.ts';
import { formatUsd } from './money.ts';
import { findPhoto } from './find-photo.ts';
import { shownPath } from './photo-lines.ts';
import { pad, toLine, toLines } from './printable.ts';
import { printThread } from './thread-lines.ts';
import { showText } from './show-text.ts';

type Photo = Output<'asset.get'>;

/** `cutline show`: everything about one photo. */
export function show(context: CommandContext, photo: string): Promise<ExitStatus> {
  return withReader(context, async (reader) => {
    const found = await findPhoto(context, reader, photo);
    const { threads } = await reader.call('thread.list', { assetId: found.id });
    context.terminal.printJson({ ...found, threads });
    if (context.terminal.isJson) return exitStatus.done;
    printCard(context, found);
    printThreads(context, threads);
    return exitStatus.done;
  });
}

function printCard(context: CommandContext, photo: Photo): void {
  const { terminal } = context;
  terminal.printText(shownPath(context, photo.path), { style: 'bold' });
  const error = photo.error ?? photo.failure?.error ?? null;
  if (error !== null) terminal.printText(toLine(messageFor(error)), { style: 'red' });
  else if (photo.state !== 'ready') terminal.print(showText.states[photo.state]);
  if (photo.webAddress !== null) {
    terminal.print(terminal.style('dim', showText.fetchedFrom(toLine(photo.webAddress))));
  }
  for (const twin of photo.duplicates) {
    terminal.print(terminal.style('dim', `${showText.sameAs} ${shownPath(context, twin)}`));
  }
  for (const { path, role, format } of photo.companions) {
    const what = role === 'alternate' && format !== null ? format.toUpperCase() : showText.companions[role];
    terminal.print(terminal.style('dim', `${showText.togetherWith} ${shownPath(context, path)} (${what})`));
  }
  if (photo.video?.framesError) {
    terminal.printText(toLine(messageFor(photo.video.framesError)), { style: 'yellow' });
  }
  printSection(context, descriptionRows(photo));
  printMoments(context, photo);
  printSection(context, factRows(photo));
  printHistory(context, photo);
}

type Row = readonly [label: string, text: string | undefined, saidBy?: string | undefined];

/** Labels on the left; long text goes on below itself. */
function printSection({ terminal }: CommandContext, rows: readonly Row[]): void {
  const shown = rows.filter(
    (row): row is readonly [string, string, (string | undefined)?] => row[1] !== undefined && row[1] !== '',
  );
  if (shown.length === 0) return;
  const labelWidth = Math.max(...rows.map(([label]) => label.length)) + 2;
  terminal.print();
  for (const [label, text, saidBy] of shown) {
    const note = saidBy === undefined ? '' : `(${saidBy})`;
    const lines = toLines(`${text} ${note}`).flatMap((line) => terminal.wrap(line, labelWidth));
    lines.forEach((line, index) => {
      const start = index === 0 ? terminal.style('dim', pad(label, labelWidth)) : ' '.repeat(labelWidth);
      const isNoted = note !== '' && index === lines.length - 1 && line.endsWith(note);
      const shownLine = isNoted ? line.slice(0, -note.length) + terminal.style('dim', note) : line;
      terminal.print(start + shownLine);
    });
  }
}

function descriptionRows({ description, history, takenAnswers }: Photo): Row[] {
  const labels = showText.description;
  if (description === null) return [[labels.caption, showText.notDescribed]];
  const { title, caption, altText, keywords, recognizedText, objects, baseline, reviewState } = description;
  const owners = baseline ? { ...showText.owners, model: showText.builtIn } : showText.owners;
  const isMixed = new Set(keywords.map(({ owner }) => owner)).size > 1;
  const said = keywords.map(({ keyword, owner }) =>
    isMixed && owner !== 'model' ? `${keyword} (${owners[owner]})` : keyword,
  );
  const owner = keywords[0]?.owner;
  const captionFrom = takenAnswers.find(({ field }) => field === 'caption');
  return [
    [labels.title, title?.text, title === null ? undefined : owners[title.owner]],
    [
      labels.caption,
      caption?.text,
      caption === null ? undefined : captionFrom ? sayTaken(captionFrom) : owners[caption.owner],
    ],
    [labels.altText, altText?.text, altText === null ? undefined : owners[altText.owner]],
    [labels.keywords, said.join(' · '), isMixed || owner === undefined ? undefined : owners[owner]],
    ...takenAnswers
      .filter(({ field }) => field === 'keywords')
      .map((taken): Row => ['', taken.keywords.join(' · '), sayTaken(taken)]),
    [labels.recognizedText, recognizedText ?? undefined, readerOf(history)],
    [labels.objects, objects.map(({ label }) => label).join(' · ')],
    [
      labels.doubts,
      (history.find(({ owner: by, live }) => by === 'model' && live)?.doubts ?? [])
        .map((doubt) => showText.doubts[doubt])
        .join('; '),
    ],
    [
      labels.review,
      // What a person said of it is no baseline, whoever said the rest.
      baseline && reviewState === 'draft' ? showText.baseline : showText.reviewStates[reviewState],
    ],
  ];
}

/** Who read the text that stands there. */
function readerOf(history: Photo['history']): string | undefined {
  const reading = history.find(({ live, fields }) => live && (fields.recognizedText ?? '') !== '');
  return reading?.modelAnswered ?? undefined;
}

/** Theirs, and who said it; the history has what it cost. */
function sayTaken({ modelAnswered, connection }: TakenAnswer): string {
  return showText.fromAnswer(modelAnswered ?? connection ?? showText.owners.model);
}

/** What happens in a video, and when. */
function printMoments({ terminal }: CommandContext, { description }: Photo): void {
  const moments = description?.moments ?? [];
  if (moments.length === 0) return;
  terminal.print();
  terminal.print(terminal.style('bold', showText.moments));
  const times = moments.map(({ startMs, endMs }) => `${formatClock(startMs)}–${formatClock(endMs)}`);
  const width = Math.max(...times.map((time) => time.length)) + 2;
  for (const [index, { text }] of moments.entries()) {
    const [first = '', ...rest] = terminal.wrap(toLine(text), width + 2);
    terminal.print(`  ${terminal.style('dim', pad(times[index] ?? '', width))}${first}`);
    for (const line of rest) terminal.print(' '.repeat(width + 2) + line);
  }
}

function factRows({ id, metadata, video }: Photo): Row[] {
  const labels = showText.facts;
  const {
    place,
    timeZone,
    derivedOffsetMinutes,
    captureLocalMs,
    captureOffsetMinutes,
    cameraMake,
    cameraModel,
    lens,
    latitude,
    longitude,
  } = metadata;
  const { apertureF, exposureSeconds, iso, focalLengthMm, rating, label, widthPx, heightPx } = metadata;
  const camera = [cameraMake, cameraModel].filter((part) => part !== undefined);
  const [make, model] = camera;
  const exposure = [
    exposureSeconds === undefined ? undefined : formatExposure(exposureSeconds),
    apertureF === undefined ? undefined : `f/${apertureF}`,
    iso === undefined ? undefined : `ISO ${iso}`,
    focalLengthMm === undefined ? undefined : `${focalLengthMm} mm`,
  ];
  const isPlaced = latitude !== undefined && longitude !== undefined;
  const size =
    widthPx === null || heightPx === null ? undefined : `${formatCount(widthPx)} × ${formatCount(heightPx)}`;
  return [
    [
      labels.taken,
      captureLocalMs === undefined ? undefined : formatCaptureTime(captureLocalMs, captureOffsetMinutes),
      derivedOffsetMinutes === undefined || timeZone === undefined
        ? undefined
        : showText.derivedZone(formatOffset(derivedOffsetMinutes), timeZone),
    ],
    // "Nikon" "NIKON D40" is one name.
    [
      labels.camera,
      make !== undefined && model?.toLowerCase().startsWith(make.toLowerCase()) === true
        ? model
        : camera.join(' '),
    ],
    [labels.lens, lens],
    [labels.exposure, exposure.filter((part) => part !== undefined).join(', ')],
    [labels.place, place === undefined ? undefined : formatWhere(place)],
    [labels.position, isPlaced ? `${latitude.toFixed(5)}, ${longitude.toFixed(5)}` : undefined],
    [
      labels.rating,
      rating === undefined ? undefined : rating < 0 ? showText.rejected : '★'.repeat(rating) || undefined,
    ],
    [labels.label, label],
    [labels.creator, metadata.creator],
    [labels.colors, metadata.colors.join(', ')],
    [
      labels.file,
      [metadata.format ?? undefined, size, formatBytes(metadata.sizeBytes)]
        .filter((part) => part !== undefined)
        .join(', '),
    ],
    [labels.video, video === null ? undefined : videoFacts(video)],
    [labels.number, `#${id}`],
  ];
}

function videoFacts({ durationMs, codec, frameRate, hasSound }: NonNullable<Photo['video']>): string {
  return [
    durationMs < 1000 ? `${(durationMs / 1000).toFixed(1)} s` : formatClock(durationMs),
    codec ?? undefined,
    frameRate === null ? undefined : `${String(Math.round(frameRate * 100) / 100)} fps`,
    hasSound ? showText.withSound : showText.withoutSound,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** What was asked about it, newest first. */
function printThreads(context: CommandContext, threads: readonly ThreadSummary[]): void {
  if (threads.length === 0) return;
  context.terminal.print();
  context.terminal.print(context.terminal.style('bold', showText.questions));
  for (const thread of threads) printThread(context, thread);
}

/** Who said what when, and what it cost; newest first. */
function printHistory({ terminal }: CommandContext, { history }: Photo): void {
  if (history.length === 0) return;
  terminal.print();
  terminal.print(terminal.style('bold', showText.history));
  for (const past of history.toSorted((a, b) => b.createdAtMs - a.createdAtMs)) {
    const sent =
      past.sentWidthPx === null || past.sentHeightPx === null
        ? undefined
        : `${past.sentWidthPx} × ${past.sentHeightPx}`;
    const tokens =
      // Services that count features count none.
      past.inputTokens === null || past.outputTokens === null || past.inputTokens === 0
        ? undefined
        : showText.tokens(past.inputTokens, past.outputTokens);
    const facts = [
      ...(past.owner === 'model' ? [] : [showText.owners[past.owner]]),
      past.connection ?? (past.owner === 'model' ? showText.owners.model : undefined),
      past.modelAnswered === null || past.modelAnswered === past.connection ? undefined : past.modelAnswered,
      past.threadId === null ? undefined : showText.thread(past.threadId),
      past.detail === null ? undefined : showText.detail(past.detail),
      sent,
      tokens,
      past.costMicroUsd === null ? undefined : formatUsd(past.costMicroUsd),
      past.promptVersion ?? undefined,
      past.runId === null ? undefined : showText.run(past.runId),
      past.live ? undefined : showText.replaced,
    ];
    const text = facts
      .filter((fact) => fact !== undefined)
      .map(toLine)
      .join(' · ');
    const time = formatTime(past.createdAtMs);
    const [first = '', ...rest] = terminal.wrap(text, time.length + 4);
    terminal.print(`  ${terminal.style('dim', time)}  ${first}`);
    for (const line of rest) terminal.print(' '.repeat(time.length + 4) + line);
  }
}
