/**
 * Landscapes and streets in SVG, for the sample photos. Everything is computed from fixed numbers, so that each run draws
 * the same pictures. No text: a machine without fonts must draw them too.
 */

export type Scene = (widthPx: number, heightPx: number) => string;

/** A vertical gradient over a part of the picture, from fractions of its height. */
function gradient(width: number, from: number, to: number, ...colors: string[]): string {
  // Names must differ within a picture; what they are does not matter.
  const id = `g${Math.round(from)}_${Math.round(to)}_${colors.join('').replaceAll('#', '')}`;
  const stops = colors
    .map((color, index) => `<stop offset="${index / (colors.length - 1)}" stop-color="${color}"/>`)
    .join('');
  return (
    `<defs><linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${stops}</linearGradient></defs>` +
    `<rect y="${from}" width="${width}" height="${to - from}" fill="url(#${id})"/>`
  );
}

/** Mountains or dunes: a skyline of a few waves, filled down to the lower edge. `rough` 0 is dunes, 1 is rock. */
function ridge(width: number, height: number, topPx: number, color: string, seed: number, rough = 1): string {
  const points = [];
  const stepPx = Math.max(4, width / 180);
  for (let x = 0; x <= width + stepPx; x += stepPx) {
    const t = (x / height) * 3 + seed * 7.3;
    const wave =
      Math.sin(t) * 0.5 + Math.sin(t * 2.3 + seed) * 0.3 + Math.sin(t * 5.1 + seed * 2) * 0.12 * rough;
    const teeth = (Math.abs(Math.sin(t * 11.7)) - 0.5) * 0.14 * rough + Math.sin(t * 31.1) * 0.03 * rough;
    points.push(`${x.toFixed(1)},${(topPx - (wave + teeth) * height * 0.09).toFixed(1)}`);
  }
  return `<polygon points="0,${height} ${points.join(' ')} ${width},${height}" fill="${color}"/>`;
}

function disc(x: number, y: number, radius: number, color: string, opacity = 1): string {
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${color}" opacity="${opacity}"/>`;
}

function glow(x: number, y: number, radius: number, color: string): string {
  return (
    [2.6, 2, 1.5].map((factor) => disc(x, y, radius * factor, color, 0.16)).join('') +
    disc(x, y, radius, color)
  );
}

function box(x: number, y: number, width: number, height: number, color: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${color}"/>`;
}

/** Numbers in 0-1 that look random and are always the same. */
function scatter(index: number, salt: number): number {
  const value = Math.sin(index * 127.1 + salt * 311.7) * 43_758.545;
  return value - Math.floor(value);
}

function repeat(count: number, draw: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => draw(index)).join('');
}

/** Short strokes of light on water, denser towards the horizon. */
function glitter(width: number, from: number, to: number, color: string, count: number): string {
  return repeat(count, (index) => {
    const depth = scatter(index, 1) ** 2;
    const length = width * (0.02 + depth * 0.07);
    const y = from + depth * (to - from);
    return `<rect x="${scatter(index, 2) * width}" y="${y}" width="${length}" height="${2 + depth * 4}" rx="2" fill="${color}" opacity="0.35"/>`;
  });
}

export const greenHills: Scene = (w, h) =>
  gradient(w, 0, h * 0.6, '#8fb9dc', '#dbe9f0') +
  ridge(w, h, h * 0.42, '#7d95a6', 1) +
  ridge(w, h, h * 0.52, '#5c8a58', 2) +
  ridge(w, h, h * 0.66, '#4a7d38', 3, 0.3) +
  gradient(w, h * 0.82, h, '#3f6f2c', '#2d5420') +
  box(w * 0.63, h * 0.45, w * 0.025, h * 0.39, '#eef6fa') +
  `<ellipse cx="${w * 0.643}" cy="${h * 0.85}" rx="${w * 0.06}" ry="${h * 0.03}" fill="#d4e8ef"/>`;

export const blackBeach: Scene = (w, h) =>
  gradient(w, 0, h * 0.55, '#3a2a5c', '#b0476a', '#f08a4a', '#f8c878') +
  glow(w * 0.36, h * 0.5, h * 0.06, '#fff0c0') +
  gradient(w, h * 0.55, h, '#c8785c', '#3c3450') +
  glitter(w, h * 0.56, h * 0.78, '#ffd9a0', 90) +
  `<polygon points="${w * 0.7},${h * 0.6} ${w * 0.74},${h * 0.3} ${w * 0.77},${h * 0.42} ${w * 0.8},${h * 0.26} ${w * 0.86},${h * 0.6}" fill="#1c1826"/>` +
  ridge(w, h, h * 0.83, '#14121a', 4, 0);

export const houseRow: Scene = (w, h) =>
  gradient(w, 0, h * 0.5, '#4f93d8', '#b4d6f0') +
  repeat(6, (index) => {
    const wall = ['#e8b84a', '#d8634a', '#5fa8a0', '#f0e2c8', '#c86a8a', '#7f9ac8'][index] ?? '#ffffff';
    const x = (w / 6) * index;
    const top = h * (0.22 + 0.1 * scatter(index, 3));
    const windows = repeat(9, (at) => {
      const left = x + w * (0.022 + 0.045 * (at % 3));
      return box(left, top + h * (0.06 + 0.15 * Math.floor(at / 3)), w * 0.026, h * 0.09, '#3c4654');
    });
    const roof = `<polygon points="${x - 4},${top} ${x + w / 12},${top - h * 0.09} ${x + w / 6 + 4},${top}" fill="#a4482c"/>`;
    return (
      box(x, top, w / 6, h * 0.66, wall) +
      windows +
      roof +
      box(x + w * 0.06, h * 0.74, w * 0.045, h * 0.14, '#4a3426')
    );
  }) +
  gradient(w, h * 0.88, h, '#b8a890', '#8f8270');

export const sailboat: Scene = (w, h) =>
  gradient(w, 0, h * 0.5, '#2f7fd0', '#a8d4f2') +
  repeat(5, (index) =>
    disc(w * (0.14 + 0.05 * index), h * (0.18 + 0.02 * (index % 2)), h * 0.05, '#ffffff', 0.85),
  ) +
  gradient(w, h * 0.5, h, '#2a86b8', '#0f4a80') +
  glitter(w, h * 0.52, h, '#ffffff', 110) +
  `<polygon points="${w * 0.58},${h * 0.16} ${w * 0.58},${h * 0.56} ${w * 0.72},${h * 0.56}" fill="#fdfdf8"/>` +
  `<polygon points="${w * 0.57},${h * 0.22} ${w * 0.57},${h * 0.56} ${w * 0.49},${h * 0.56}" fill="#e04838"/>` +
  `<polygon points="${w * 0.47},${h * 0.58} ${w * 0.74},${h * 0.58} ${w * 0.69},${h * 0.66} ${w * 0.52},${h * 0.66}" fill="#5a3420"/>`;

export const snowPeaks: Scene = (w, h) =>
  gradient(w, 0, h * 0.8, '#3f86d8', '#cfe4f6') +
  ridge(w, h, h * 0.42, '#f2f6fa', 5, 1.6) +
  ridge(w, h, h * 0.56, '#8a9cb4', 6, 1.2) +
  ridge(w, h, h * 0.72, '#48607a', 7) +
  ridge(w, h, h * 0.86, '#2c4a34', 8, 0.6);

export const moonNight: Scene = (w, h) =>
  gradient(w, 0, h, '#060a1c', '#14244e', '#2c4272') +
  repeat(160, (index) =>
    disc(scatter(index, 5) * w, scatter(index, 6) * h * 0.7, 1 + scatter(index, 7) * 2, '#ffffff', 0.8),
  ) +
  glow(w * 0.74, h * 0.24, h * 0.07, '#f4f0dc') +
  ridge(w, h, h * 0.7, '#0e1a38', 9) +
  ridge(w, h, h * 0.84, '#060c1c', 10, 0.7);

export const dunes: Scene = (w, h) =>
  gradient(w, 0, h * 0.5, '#4f9ad8', '#f4dcae') +
  glow(w * 0.2, h * 0.2, h * 0.05, '#fff6d8') +
  ridge(w, h, h * 0.45, '#e0a060', 11, 0) +
  ridge(w, h, h * 0.6, '#d08038', 12, 0) +
  ridge(w, h, h * 0.78, '#b8621f', 13, 0);

export const foggyForest: Scene = (w, h) =>
  gradient(w, 0, h, '#d4dcd6', '#8fa494') +
  repeat(3, (layer) => {
    const color = ['#a4b6a8', '#64806a', '#24402c'][layer] ?? '#24402c';
    return repeat(9, (index) => {
      const x = w * (scatter(index, 20 + layer) * 1.1 - 0.05);
      const foot = h * (0.62 + 0.19 * layer);
      const tall = h * (0.3 + 0.16 * layer) * (0.8 + 0.4 * scatter(index, 30 + layer));
      const crown = repeat(4, (at) => {
        const y = foot - tall * (0.1 + 0.2 * at);
        const half = tall * (0.2 - 0.035 * at);
        return `<polygon points="${x - half},${y} ${x},${y - tall * 0.34} ${x + half},${y}" fill="${color}"/>`;
      });
      return box(x - tall * 0.02, foot - tall * 0.12, tall * 0.04, tall * 0.2, color) + crown;
    });
  }) +
  ridge(w, h, h * 0.97, '#1c3022', 14, 0.2);

export const lighthouse: Scene = (w, h) =>
  gradient(w, 0, h * 0.68, '#5a5a5a', '#e4e4e4') +
  gradient(w, h * 0.68, h, '#8c8c8c', '#3a3a3a') +
  glitter(w, h * 0.7, h * 0.95, '#ffffff', 70) +
  `<polygon points="${w * 0.52},${h * 0.7} ${w * 0.72},${h * 0.62} ${w},${h * 0.7} ${w},${h} ${w * 0.6},${h}" fill="#242424"/>` +
  `<polygon points="${w * 0.72},${h * 0.64} ${w * 0.74},${h * 0.22} ${w * 0.79},${h * 0.22} ${w * 0.81},${h * 0.64}" fill="#f4f4f4"/>` +
  repeat(3, (index) => box(w * 0.728, h * (0.3 + 0.12 * index), w * 0.075, h * 0.05, '#4c4c4c')) +
  box(w * 0.742, h * 0.14, w * 0.046, h * 0.08, '#2c2c2c') +
  glow(w * 0.765, h * 0.18, h * 0.018, '#ffffff');

export const tulipField: Scene = (w, h) =>
  gradient(w, 0, h * 0.36, '#7fbcec', '#e4f0f4') +
  gradient(w, h * 0.36, h, '#5f9a3c', '#34681f') +
  repeat(7, (row) => {
    const color =
      ['#d8283c', '#f4c428', '#e85c9a', '#f4742c', '#a83cb0', '#f0e4e8', '#c81830'][row] ?? '#d8283c';
    const depth = ((row + 1) / 7) ** 1.6;
    return repeat(46, (index) => {
      const x = ((index + scatter(index, 40 + row) * 0.5) / 45) * w;
      const size = h * (0.006 + 0.03 * depth);
      return `<ellipse cx="${x}" cy="${h * (0.38 + 0.56 * depth)}" rx="${size * 0.8}" ry="${size * 1.2}" fill="${color}"/>`;
    });
  });

export const balloons: Scene = (w, h) =>
  gradient(w, 0, h, '#f8d8c0', '#c8dcec', '#e8f0e0') +
  ridge(w, h, h * 0.88, '#b89a84', 15, 0.5) +
  repeat(6, (index) => {
    const color = ['#7a34a8', '#e8483c', '#f0b428', '#2c8c88', '#3868c8', '#d84c88'][index] ?? '#7a34a8';
    const size = h * (0.05 + 0.09 * scatter(index, 51));
    const x = w * (0.1 + 0.16 * index);
    const y = h * (0.2 + 0.4 * scatter(index, 52));
    return (
      `<path d="M${x - size},${y} a${size},${size} 0 0 1 ${size * 2},0 q0,${size} -${size * 0.8},${size * 1.5} h-${size * 0.4} q-${size * 0.8},-${size * 0.5} -${size * 0.8},-${size * 1.5}" fill="${color}"/>` +
      `<ellipse cx="${x}" cy="${y}" rx="${size * 0.35}" ry="${size}" fill="#ffffff" opacity="0.3"/>` +
      box(x - size * 0.16, y + size * 1.7, size * 0.32, size * 0.26, '#5a3c24')
    );
  });

export const citySkyline: Scene = (w, h) =>
  gradient(w, 0, h, '#0c0a24', '#3a1c50', '#a83c6c') +
  repeat(14, (index) => {
    const wide = w * (0.06 + 0.04 * scatter(index, 61));
    const x = (index / 13) * w - wide / 2;
    const top = h * (0.3 + 0.4 * scatter(index, 62));
    const lights = repeat(30, (at) => {
      if (scatter(at, 63 + index) < 0.45) return '';
      const left = x + wide * (0.12 + 0.2 * (at % 4));
      return box(left, top + h * (0.03 + 0.05 * Math.floor(at / 4)), wide * 0.1, h * 0.02, '#ffd678');
    });
    return box(x, top, wide, h - top, index % 2 === 0 ? '#14122c' : '#1e1838') + lights;
  }) +
  gradient(w, h * 0.9, h, '#120f26', '#2c1f48') +
  glitter(w, h * 0.91, h, '#ffb0d0', 60);
