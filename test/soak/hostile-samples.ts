import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { encodePreviews, makePsd, makeRaw } from '../helpers/camera-files.ts';
import { makeHeic } from '../helpers/heic.ts';
import { hasFfmpeg, type VideoOptions } from '../helpers/make-video.ts';
import { encodePhoto } from '../helpers/photos.ts';
import { realPhotos } from '../helpers/real-photos.ts';
import { drawSign } from '../helpers/text-photos.ts';
import { videoBytes } from '../helpers/videos.ts';

export type HostileFile = { readonly name: string; readonly bytes: Uint8Array };

/** Larger real files would only make the proof slower, not harder. */
const mostSampleBytes = 2_000_000;

/** Nothing here writes JPEG XL: 64×48 pixels of a colour gradient, made by ffmpeg's libjxl, as bare codestream. */
const jpegXl =
  '/wrLwE4BpASrcgkAgAqVUcYNXs71fPmhw2LaxnWGttq2AAAAAB7AwBJKjFv4UiNDYCJzjRygAMgJJrzDWclRAUCEAkV1hxoG4EoMPSvGRkTFiIiIGOrJ' +
  'wKwAgJa0dryh7/wSiaSbrmxee0Qi6YYUqtMdkUi6r9LZMz8kku7vFLS8DomkYZG6HOpCImn+hz0U+BgAaw6rYjsVtaTmZMadVFWAWM78txECJ+wqBP6x' +
  'JpHUwQCHzAFK844AmISpOX9O9hRJGWbw5MvM8J4c8KTTsr8fcvAwN0cr60DldRhA3z5oGDA4LKLQYAQfAdIdEttsDR4voDjrkztAShnDGEXQ8IygSWIz' +
  'k98OwO0VUiAFsNgYK0bG4KDylwWAVhxG04+XPH6jfAb5Mm0mI7C+d+KAAAA=';

const raws = ['cr2', 'cr3', 'crw', 'dng', 'nef', 'arw', 'pef', 'orf', 'raf', 'rw2'] as const;

const videos: Readonly<Record<string, VideoOptions['codec']>> = {
  mp4: 'libx264',
  mov: 'libx264',
  mkv: 'libx264',
  avi: 'mjpeg',
  webm: 'libvpx',
};

/** A good file of each format that is generated, videos where there is ffmpeg, and all real ones that are at hand, if asked for. */
export async function makeSamples({ withReal }: { readonly withReal: boolean }): Promise<HostileFile[]> {
  const small = { widthPx: 480, heightPx: 320, exif: { IFD0: { Make: 'Maker' } }, xmp: '<x:xmpmeta/>' };
  const encoded = await Promise.all(
    (['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif'] as const).map(async (format) => ({
      name: `sample.${format}`,
      bytes: await encodePhoto({ ...small, format }),
    })),
  );
  const previews = await encodePreviews([400, 900]);
  const flat = { widthPx: 300, heightPx: 200, mode: 'rgb', fill: [9, 99, 199] } as const;
  return [
    ...encoded,
    ...raws.map((format) => ({
      name: `sample.${format}`,
      bytes: makeRaw({ format, previews, orientation: 6 }),
    })),
    { name: 'sample.heic', bytes: makeHeic({ widthPx: 128, heightPx: 96, colorAt }) },
    { name: 'sample.jxl', bytes: Buffer.from(jpegXl, 'base64') },
    { name: 'sample.psd', bytes: makePsd({ ...flat, isPacked: true }) },
    { name: 'sample.psb', bytes: makePsd({ ...flat, isLarge: true, depthBits: 16 }) },
    { name: 'sample-sign.jpg', bytes: await makeSign() },
    ...makeVideos(),
    ...(withReal ? readReal() : []),
  ];
}

/** A photo with words, so that they are read: a job of its own. Another number draws the same words in another size. */
export async function makeSign(number = 1): Promise<Buffer> {
  return (await drawSign('sign', { seed: 1, letterPx: 48 + (number % 20) })).bytes;
}

function colorAt(x: number, y: number): readonly [number, number, number] {
  return [x % 256, y % 256, 90];
}

function makeVideos(): HostileFile[] {
  if (!hasFfmpeg) return [];
  return Object.entries(videos).map(([extension, codec]) => {
    const name = `sample.${extension}`;
    return { name, bytes: videoBytes(name, codec === undefined ? {} : { codec }) };
  });
}

function readReal(): HostileFile[] {
  if (realPhotos === undefined) return [];
  return ['formats', 'raw', 'broken', 'jpeg'].flatMap((folder) => {
    const path = join(realPhotos ?? '', folder);
    return readdirSync(path)
      .filter((name) => statSync(join(path, name)).size < mostSampleBytes)
      .map((name) => ({ name, bytes: readFileSync(join(path, name)) }));
  });
}
