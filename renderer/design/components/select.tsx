import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import './select.css';

type SelectProps<Value extends string> = {
  /** Read aloud; shown by whoever places the select, where it is not plain. */
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
  /** Without a frame, for a toolbar. @default false */
  readonly isQuiet?: boolean;
};

/** One of a few. */
export function Select<Value extends string>({
  label,
  value,
  options,
  onChange,
  isQuiet = false,
}: SelectProps<Value>) {
  return (
    <Base.Root
      items={options}
      value={value}
      onValueChange={(chosen) => {
        if (chosen !== null) onChange(chosen);
      }}
    >
      <Base.Trigger className={isQuiet ? 'select select-quiet' : 'select'} aria-label={label}>
        <Base.Value />
        <ChevronsUpDown aria-hidden size="1em" />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="menu-place">
          <Base.Popup className="menu">
            {options.map((option) => (
              <Base.Item key={option.value} value={option.value} className="menu-item">
                <span className="menu-mark">
                  <Base.ItemIndicator>
                    <Check aria-hidden size="1em" />
                  </Base.ItemIndicator>
                </span>
                <Base.ItemText>{option.label}</Base.ItemText>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
