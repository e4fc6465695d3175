import { SquareDashed, Timer, X } from 'lucide-react';
import type { Box } from '../../app/contract/places.ts';
import { Button } from '../design/components/button.tsx';
import { Select } from '../design/components/select.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { toClock } from '../photo/moments.ts';
import { pixelsOf } from '../photo/region.ts';
import type { AskedVideo } from './timed-answer.tsx';
import type { Size } from '../photo/zoom.ts';

/** What of a photo or a video a question is about, and how its picture is sent. */

/** Of one photo, a part may be asked about. */
export type AskedPart = {
  readonly picture: Size | undefined;
  readonly region: Box | null;
  readonly isMarking: boolean;
  readonly onMarking: (isMarking: boolean) => void;
  readonly onRegion: (region: Box | null) => void;
};

/** Of pictures of the web: whether the service is told where they are. */
export function AddressChoice({
  sendsAddresses,
  onChange,
}: {
  readonly sendsAddresses: boolean;
  readonly onChange: (sendsAddresses: boolean) => void;
}) {
  const { ask, describe } = useTexts();
  return (
    <>
      <div className="ask-row">
        <Select
          label={describe.pictures}
          value={sendsAddresses ? 'address' : 'sent'}
          options={(['sent', 'address'] as const).map((value) => ({
            value,
            label: ask.picturesAre[value],
          }))}
          onChange={(value) => {
            onChange(value === 'address');
          }}
        />
      </div>
      {sendsAddresses && <p className="photo-quiet">{describe.addressHint}</p>}
    </>
  );
}

/** Which part of the photo is asked about. */
export function PartOfPhoto({ part }: { readonly part: AskedPart }) {
  const texts = useTexts();
  const { picture, region, isMarking, onMarking, onRegion } = part;
  const pixels = region === null || picture === undefined ? undefined : pixelsOf(region, picture);
  return (
    <>
      <div className="ask-row">
        <Button
          icon={SquareDashed}
          aria-pressed={isMarking}
          onClick={() => {
            if (region === null) onRegion({ x: 0.25, y: 0.25, width: 0.5, height: 0.5 });
            onMarking(!isMarking);
          }}
        >
          {region === null ? texts.ask.mark : texts.ask.markAgain}
        </Button>
        {region !== null && (
          <Button
            kind="quiet"
            icon={X}
            onClick={() => {
              onRegion(null);
              onMarking(false);
            }}
          >
            {texts.ask.whole}
          </Button>
        )}
      </div>
      {pixels !== undefined && (
        <p className="photo-quiet">
          {texts.ask.regionSize(pixels.width, pixels.height)} · {texts.ask.regionKeys}
        </p>
      )}
    </>
  );
}

/** So much before and behind what is on the screen. */
const aroundMs = 5_000;

/** Which part of the video is asked about. */
export function MomentOfVideo({ video }: { readonly video: AskedVideo }) {
  const texts = useTexts();
  const { moment, durationMs, onMoment, currentMs } = video;
  return (
    <>
      <div className="ask-row">
        <Button
          icon={Timer}
          onClick={() => {
            const startMs = Math.max(0, Math.round(currentMs()) - aroundMs);
            onMoment({ startMs, endMs: Math.min(startMs + 2 * aroundMs, durationMs) });
          }}
        >
          {texts.ask.thisMoment}
        </Button>
        {moment !== null && (
          <Button
            kind="quiet"
            icon={X}
            onClick={() => {
              onMoment(null);
            }}
          >
            {texts.ask.wholeVideo}
          </Button>
        )}
      </div>
      {moment !== null && (
        <p className="photo-quiet">{texts.ask.momentIs(toClock(moment.startMs), toClock(moment.endMs))}</p>
      )}
    </>
  );
}
