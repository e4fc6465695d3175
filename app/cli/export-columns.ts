import { messageFor } from '../contract/messages/en.ts';
import type { Output } from '../contract/procedures.ts';
import { formatPlace } from '../contract/place-name.ts';
import type { CsvValue } from './csv.ts';
import { formatOffset } from './format.ts';

export type ExportedPhoto = Output<'library.export'>['photos'][number];

/** The columns of an exported table, in order. JSON has everything, this what fits in a cell. */
export const exportColumns: readonly {
  readonly name: string;
  readonly value: (photo: ExportedPhoto) => CsvValue;
}[] = [
  { name: 'id', value: (photo) => photo.id },
  { name: 'path', value: (photo) => photo.path },
  { name: 'same_as', value: (photo) => joined(photo.duplicates) },
  { name: 'together_with', value: (photo) => joined(photo.companions.map(({ path }) => path)) },
  { name: 'state', value: (photo) => photo.state },
  { name: 'problem', value: problemOf },
  { name: 'title', value: ({ description }) => description?.title?.text ?? null },
  { name: 'title_by', value: ({ description }) => description?.title?.owner ?? null },
  { name: 'caption', value: ({ description }) => description?.caption?.text ?? null },
  { name: 'caption_by', value: ({ description }) => description?.caption?.owner ?? null },
  {
    name: 'caption_answered_by',
    value: ({ takenAnswers }) => joined(answerersOf(takenAnswers, 'caption')),
  },
  { name: 'alt_text', value: ({ description }) => description?.altText?.text ?? null },
  { name: 'alt_text_by', value: ({ description }) => description?.altText?.owner ?? null },
  {
    name: 'keywords',
    value: ({ description }) => joined(description?.keywords.map(({ keyword }) => keyword)),
  },
  {
    name: 'keywords_by',
    value: ({ description }) => joined(description?.keywords.map(({ owner }) => owner)),
  },
  {
    name: 'keywords_answered_by',
    value: ({ takenAnswers }) => joined(answerersOf(takenAnswers, 'keywords')),
  },
  { name: 'text', value: ({ description }) => description?.recognizedText ?? null },
  { name: 'objects', value: ({ description }) => joined(description?.objects.map(({ label }) => label)) },
  { name: 'review', value: ({ description }) => description?.reviewState ?? null },
  { name: 'taken', value: ({ metadata }) => timeOf(metadata.captureLocalMs) },
  { name: 'utc_offset', value: ({ metadata }) => offsetOf(metadata) },
  { name: 'time_zone', value: ({ metadata }) => metadata.timeZone ?? null },
  { name: 'camera_make', value: ({ metadata }) => metadata.cameraMake ?? null },
  { name: 'camera', value: ({ metadata }) => metadata.cameraModel ?? null },
  { name: 'lens', value: ({ metadata }) => metadata.lens ?? null },
  { name: 'focal_length_mm', value: ({ metadata }) => rounded(metadata.focalLengthMm) },
  { name: 'aperture_f', value: ({ metadata }) => rounded(metadata.apertureF) },
  { name: 'exposure_seconds', value: ({ metadata }) => metadata.exposureSeconds ?? null },
  { name: 'iso', value: ({ metadata }) => metadata.iso ?? null },
  { name: 'flash', value: ({ metadata }) => yesOrNo(metadata.flashFired) },
  { name: 'creator', value: ({ metadata }) => metadata.creator ?? null },
  { name: 'latitude', value: ({ metadata }) => metadata.latitude ?? null },
  { name: 'longitude', value: ({ metadata }) => metadata.longitude ?? null },
  {
    name: 'place',
    value: ({ metadata }) => (metadata.place === undefined ? null : formatPlace(metadata.place)),
  },
  { name: 'city', value: ({ metadata }) => metadata.place?.city ?? null },
  { name: 'country', value: ({ metadata }) => metadata.place?.country ?? null },
  { name: 'rating', value: ({ metadata }) => metadata.rating ?? null },
  { name: 'label', value: ({ metadata }) => metadata.label ?? null },
  { name: 'colors', value: ({ metadata }) => joined(metadata.colors) },
  { name: 'notes', value: ({ notes }) => joined(notes) },
  { name: 'questions', value: ({ questions }) => answersOf(questions) },
  { name: 'format', value: ({ metadata }) => metadata.format },
  { name: 'width_px', value: ({ metadata }) => metadata.widthPx },
  { name: 'height_px', value: ({ metadata }) => metadata.heightPx },
  { name: 'size_bytes', value: ({ metadata }) => metadata.sizeBytes },
  { name: 'duration_seconds', value: ({ video }) => (video === null ? null : video.durationMs / 1_000) },
  { name: 'excluded', value: ({ isExcluded }) => yesOrNo(isExcluded) },
  { name: 'web_address', value: ({ webAddress }) => webAddress },
  { name: 'connection', value: (photo) => lastByModel(photo)?.connection ?? null },
  { name: 'model', value: (photo) => lastByModel(photo)?.modelAnswered ?? null },
  { name: 'prompt', value: (photo) => lastByModel(photo)?.promptVersion ?? null },
  { name: 'described_at', value: (photo) => timeOf(lastByModel(photo)?.createdAtMs) },
  { name: 'cost_usd', value: (photo) => inDollars(lastByModel(photo)?.costMicroUsd) },
  // For descriptions that were replaced too.
  { name: 'cost_ever_usd', value: costOf },
];

/** The models whose answers a person took over. */
function answerersOf(
  taken: ExportedPhoto['takenAnswers'],
  field: ExportedPhoto['takenAnswers'][number]['field'],
): string[] {
  const names = taken
    .filter((one) => one.field === field)
    .flatMap(({ modelAnswered, connection }) => modelAnswered ?? connection ?? []);
  return [...new Set(names)];
}

/** `Q: …` and `A: …` in lines, oldest first. */
function answersOf(questions: ExportedPhoto['questions']): string | null {
  if (questions.length === 0) return null;
  return questions.map(({ question, answer }) => `Q: ${question}\nA: ${answer ?? ''}`.trimEnd()).join('\n');
}

/** As the file says it, or else as its place gives it. */
function offsetOf({ captureOffsetMinutes, derivedOffsetMinutes }: ExportedPhoto['metadata']): string | null {
  const offset = captureOffsetMinutes ?? derivedOffsetMinutes;
  return offset === undefined ? null : formatOffset(offset);
}

function yesOrNo(value: boolean | undefined): string | null {
  return value === undefined ? null : value ? 'yes' : 'no';
}

/** f/3.66801617281868 is what a fraction of two numbers gives; nobody's lens is made so exactly. */
function rounded(value: number | undefined): number | null {
  return value === undefined ? null : Number(value.toPrecision(4));
}

/** Why it is not described, or cannot be. */
function problemOf({ error, failure }: ExportedPhoto): string | null {
  const problem = error ?? failure?.error;
  return problem === undefined ? null : messageFor(problem);
}

function inDollars(costMicroUsd: number | null | undefined): number | null {
  return costMicroUsd === null || costMicroUsd === undefined ? null : costMicroUsd / 1e6;
}

function joined(values: readonly string[] | undefined): string | null {
  return values === undefined || values.length === 0 ? null : values.join('; ');
}

/** Without a zone: a capture time is the camera's wall clock, our own times are UTC. */
function timeOf(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

function lastByModel({ history }: ExportedPhoto): ExportedPhoto['history'][number] | undefined {
  return history.find(({ owner, live, baseline }) => owner === 'model' && live && !baseline);
}

/** All that was paid for it, also for descriptions that were replaced; `null` when nothing was sent. A request is paid once. */
function costOf({ history }: ExportedPhoto): number | null {
  const costs = new Map(history.map(({ requestId, costMicroUsd }) => [requestId, costMicroUsd]));
  const paid = [...costs].flatMap(([requestId, cost]) => (requestId === null || cost === null ? [] : [cost]));
  return paid.length === 0 ? null : paid.reduce((sum, cost) => sum + cost, 0) / 1e6;
}
