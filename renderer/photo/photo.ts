import type { Output } from '../../app/contract/procedures.ts';

/** Everything about the photo that is shown. */
export type Photo = Output<'asset.get'>;
export type PastDescription = Photo['history'][number];

/** Of a caption that a person took over from an answer: the name of the model, or else of its connection. */
export function captionAnswerer({ takenAnswers }: Photo): string | undefined {
  const taken = takenAnswers.find(({ field }) => field === 'caption');
  return taken?.modelAnswered ?? taken?.connection ?? undefined;
}

/** For each keyword that came from an answer, who answered. */
export function keywordAnswerers({ takenAnswers }: Photo): ReadonlyMap<string, string> {
  return new Map(
    takenAnswers.flatMap(({ keywords, modelAnswered, connection }) => {
      const who = modelAnswered ?? connection;
      return who === null ? [] : keywords.map((keyword) => [keyword, who] as const);
    }),
  );
}

export function fileNameOf(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}
