/** What every long proof is given. */
export type SoakOptions = {
  /** Fixes everything that is drawn by lot. */
  readonly seed: number;
  /** How much of it: photos, files, rounds; each section says of what. `undefined`: its own whole size. */
  readonly size?: number;
  /** Ends before its whole size when this many minutes are over. `undefined`: no limit. */
  readonly minutes?: number;
  /** Tells a person how it goes. */
  readonly say: (sentence: string) => void;
};

/** What came of it. A proof holds when nothing failed. */
export type SoakReport = {
  readonly figures: Readonly<Record<string, string | number>>;
  readonly failures: readonly string[];
};

export type SoakSection = {
  readonly title: string;
  readonly run: (options: SoakOptions) => Promise<SoakReport>;
};
