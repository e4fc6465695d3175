import { cpus, totalmem } from 'node:os';

/**
 * `npm run bench [section …] [--files N] [--assets N]`: our work beside the limit's own loop, interleaved in one process.
 * Ratios are what counts; the absolute numbers are this machine's, at this moment (SPEED). A goal that is missed, and a section
 * that breaks, end it with status 1; a goal that is set at another size is not judged, and that is said.
 */

type Row = {
  readonly name: string;
  readonly ours: number;
  readonly limit: number;
  readonly ratio: number;
  /** `null`: nobody set one. */
  readonly goal: number | null;
  /** The goal at a million photos, where it is one of that size only and this run is smaller. */
  readonly goalAtAMillion?: number;
  /** Where it is not as in the rest of its section. */
  readonly better?: 'higher' | 'lower';
};

type Section = {
  readonly title: string;
  /** What `ours` and `limit` are, where the rows' names do not say it. */
  readonly unit: string;
  /** Ratios of speeds should be at least the goal, ratios of times at most. */
  readonly better: 'higher' | 'lower';
  /** All at once, or each as soon as it is known. */
  readonly run: () => Promise<readonly Row[]> | readonly Row[] | Promise<AsyncIterable<Row>>;
};

const [, , ...args] = process.argv;
const files = numberAfter('--files') ?? 20_000;
const assets = numberAfter('--assets') ?? 100_000;

const sections: Readonly<Record<string, Section>> = {
  pixels: {
    title: 'Pixels (SPEED §1): 24-megapixel photos',
    unit: 'photos/s',
    better: 'higher',
    run: async () => (await import('./pixels.ts')).benchPixels(),
  },
  scan: {
    title: `Scanning and watching (SPEED §3): ${files.toLocaleString('en')} files`,
    unit: '',
    better: 'lower',
    run: async () => (await import('./scan.ts')).benchScan(files),
  },
  search: {
    title: `Search (SPEED §4): ${assets.toLocaleString('en')} photos of 60 words`,
    unit: 'ms',
    better: 'lower',
    run: async () => (await import('./search.ts')).benchSearch({ assets }),
  },
  desk: {
    title: `Grid and counts (SPEED §4, §6): ${assets.toLocaleString('en')} photos`,
    unit: 'ms',
    better: 'lower',
    run: async () => (await import('./desk.ts')).benchDesk(assets),
  },
  window: {
    title: `The window in Chromium (SPEED §4, §6): ${assets.toLocaleString('en')} photos`,
    unit: '',
    better: 'lower',
    run: async () => (await import('./window.ts')).benchWindow(assets),
  },
  typing: {
    title: `Completion and look-alikes: ${assets.toLocaleString('en')} photos`,
    unit: 'ms',
    better: 'lower',
    run: async () => (await import('./typing.ts')).benchTyping(assets),
  },
  facts: {
    title: 'Facts (SPEED §5): first pass over a file’s head',
    unit: 'µs',
    better: 'higher',
    run: async () => (await import('./facts.ts')).benchFacts(),
  },
  describe: {
    title: 'Describing (SPEED §1, §5, §7): a service that answers after two seconds',
    unit: '',
    better: 'higher',
    run: async () => (await import('./describe.ts')).benchDescribe(),
  },
};

function numberAfter(flag: string): number | undefined {
  const at = args.indexOf(flag);
  if (at < 0) return undefined;
  const value = Number(args[at + 1]);
  if (!Number.isInteger(value) || value < 1) {
    console.error(`${flag} needs a whole number.`);
    process.exit(2);
  }
  return value;
}

const asked = args.filter((arg, index) => !arg.startsWith('--') && !args[index - 1]?.startsWith('--'));
const unknown = asked.find((name) => sections[name] === undefined);
if (unknown !== undefined) {
  console.error(`There is no section “${unknown}”. Sections: ${Object.keys(sections).join(', ')}.`);
  process.exit(2);
}

const figures = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** Of nothing to nothing there is none. */
const toRatio = (ratio: number): string => (Number.isFinite(ratio) ? ratio.toFixed(2) : '–');

const judged = { met: 0, missed: 0, atAMillion: 0, notMeasured: 0 };

function print(row: Row, { unit, better: usually }: Section): void {
  const { better = usually, goalAtAMillion } = row;
  const wanted = row.goal ?? goalAtAMillion;
  const isMeasured = !Number.isNaN(row.ratio);
  const isMet = row.goal !== null && (better === 'higher' ? row.ratio >= row.goal : row.ratio <= row.goal);
  const goal = wanted === undefined ? '' : `${better === 'higher' ? '≥' : '≤'} ${String(wanted)}`;
  const isJudged = row.goal !== null && isMeasured;
  const mark = isJudged ? (isMet ? '✓' : '✗') : wanted === undefined ? ' ' : '?';
  if (isJudged) judged[isMet ? 'met' : 'missed'] += 1;
  if (goalAtAMillion !== undefined) judged.atAMillion += 1;
  if (row.goal !== null && !isMeasured) judged.notMeasured += 1;
  const values = `${figures.format(row.ours)} / ${figures.format(row.limit)} ${unit}`.trimEnd();
  console.log(
    `  ${mark} ${row.name.padEnd(62)} ${toRatio(row.ratio).padStart(6)}  ${goal.padEnd(7)} ${values}`,
  );
}

console.log(
  `Node ${process.version}, ${String(cpus().length)} cores, ${String(Math.round(totalmem() / 2 ** 30))} GiB`,
);
console.log(
  'ratio = ours ÷ limit, medians of turns taken one after the other; a row without a sign has no goal\n',
);
for (const name of asked.length > 0 ? asked : Object.keys(sections)) {
  const section = sections[name];
  if (section === undefined) continue;
  console.log(section.title);
  try {
    for await (const row of await section.run()) print(row, section);
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
  console.log('');
}

console.log(`${String(judged.met)} goals met, ${String(judged.missed)} missed`);
if (judged.atAMillion > 0) {
  console.log(
    `${String(judged.atAMillion)} not judged (?): their goals are at 1,000,000 photos (npm run bench -- search --assets 1000000)`,
  );
}
if (judged.notMeasured > 0) console.log(`${String(judged.notMeasured)} not measured on this system (?)`);
if (judged.missed > 0) process.exitCode = 1;
