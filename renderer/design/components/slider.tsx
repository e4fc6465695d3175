import { Slider as Base } from '@base-ui/react/slider';
import './slider.css';

type SliderProps = {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly onChange: (value: number) => void;
  /** Read aloud in place of the bare number. */
  readonly valueText?: (value: number) => string;
};

export function Slider({ label, value, min, max, step = 1, onChange, valueText }: SliderProps) {
  return (
    <Base.Root
      className="slider"
      value={value}
      min={min}
      max={max}
      step={step}
      onValueChange={(chosen) => {
        onChange(chosen);
      }}
    >
      <Base.Control className="slider-control">
        <Base.Track className="slider-track">
          <Base.Indicator className="slider-fill" />
          <Base.Thumb
            className="slider-thumb"
            aria-label={label}
            {...(valueText === undefined
              ? {}
              : { getAriaValueText: (_formatted: string, shown: number) => valueText(shown) })}
          />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  );
}
