/** Which frames stand for a video. Pure. */

/** What a frame looks like: as `imaging` says it of every picture. */
export type FrameLook = {
  readonly timeMs: number;
  /** dHash of 64 bits, as 16 hexadecimal digits. */
  readonly perceptualHash: string;
  /** 0xRRGGBB. */
  readonly averageColor: number;
};

/** Of 64 bits; together with the colour, what people take for the same picture. */
const sameBits = 5;
/** Of 255, in the channel that differs most. */
const sameColor = 14;
/** No channel is brighter on average: a fade, a black lead-in. */
const blackLevel = 12;

/** Times in the middle of `count` equal parts of a video, in milliseconds. */
export function evenTimes(durationMs: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * durationMs) / count));
}

const secondsPerFrame = 2;

/** So many frames are planned for: one for every two seconds, at least two, at most what the connection takes. */
export function plannedFrames(durationMs: number, most: number): number {
  return Math.max(1, Math.min(most, Math.max(2, Math.ceil(durationMs / 1000 / secondsPerFrame))));
}

/**
 * At most `most` of these, in order of time: no black ones, none that looks like the one before it; of more than that, those go
 * that differ least from the one before. Of a video that is black all over, one stays.
 */
export function chooseFrames<Frame extends FrameLook>(frames: readonly Frame[], most: number): Frame[] {
  const inOrder = frames.toSorted((one, other) => one.timeMs - other.timeMs);
  const lit = inOrder.filter((frame) => !isBlack(frame));
  const chosen: Frame[] = [];
  for (const frame of lit.length > 0 ? lit : inOrder.slice(0, 1)) {
    const before = chosen.at(-1);
    if (before === undefined || !isSame(before, frame)) chosen.push(frame);
  }
  while (chosen.length > Math.max(1, most)) {
    let least = 1;
    for (let index = 2; index < chosen.length; index += 1) {
      if (newsAt(chosen, index) < newsAt(chosen, least)) least = index;
    }
    chosen.splice(least, 1);
  }
  return chosen;
}

export function isBlack({ averageColor }: Pick<FrameLook, 'averageColor'>): boolean {
  return channelsOf(averageColor).every((channel) => channel <= blackLevel);
}

function newsAt(frames: readonly FrameLook[], index: number): number {
  const [before, frame] = [frames[index - 1], frames[index]];
  if (before === undefined || frame === undefined) return Number.POSITIVE_INFINITY;
  return bitsBetween(before, frame) + colorBetween(before, frame) / 4;
}

function isSame(one: FrameLook, other: FrameLook): boolean {
  return bitsBetween(one, other) <= sameBits && colorBetween(one, other) <= sameColor;
}

function bitsBetween(one: FrameLook, other: FrameLook): number {
  let differing = BigInt(`0x${one.perceptualHash}`) ^ BigInt(`0x${other.perceptualHash}`);
  let count = 0;
  for (; differing > 0n; differing &= differing - 1n) count += 1;
  return count;
}

function colorBetween(one: FrameLook, other: FrameLook): number {
  const others = channelsOf(other.averageColor);
  return Math.max(
    ...channelsOf(one.averageColor).map((channel, at) => Math.abs(channel - (others[at] ?? 0))),
  );
}

function channelsOf(color: number): [number, number, number] {
  return [(color >> 16) & 255, (color >> 8) & 255, color & 255];
}
