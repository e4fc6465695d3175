/** A model as its server describes it. */
export type ServedModel = {
  /** As a request names it. */
  readonly id: string;
  /** `unknown` = the server does not say (AZURE §8). */
  readonly vision: 'yes' | 'no' | 'unknown';
  /** It thinks before it answers, unless told not to. `undefined` = the server does not say. */
  readonly thinks?: boolean;
  readonly contextTokens?: number;
};

/** Ollama writes `llava` for `llava:latest`; everybody else's names are compared as they are. */
export function findModel(models: readonly ServedModel[], name: string): ServedModel | undefined {
  return models.find(({ id }) => id === name) ?? models.find(({ id }) => id === `${name}:latest`);
}
