import { Switch } from '@base-ui/react/switch';
import { useId, type ReactNode } from 'react';
import './setting-row.css';

/** One setting: what it is, what it does, and the control at its right. */
export function SettingRow({
  label,
  hint,
  children,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="setting-row">
      <div className="setting-words">
        <span>{label}</span>
        {hint !== undefined && <span className="setting-hint">{hint}</span>}
      </div>
      <div className="setting-control">{children}</div>
    </div>
  );
}

type SwitchRowProps = {
  readonly label: string;
  readonly hint?: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
};

export function SwitchRow({ label, hint, isOn, onChange }: SwitchRowProps) {
  const id = useId();
  return (
    <div className="setting-row">
      <label className="setting-words" htmlFor={id}>
        <span>{label}</span>
        {hint !== undefined && <span className="setting-hint">{hint}</span>}
      </label>
      <Switch.Root id={id} className="switch" checked={isOn} onCheckedChange={onChange}>
        <Switch.Thumb className="switch-thumb" />
      </Switch.Root>
    </div>
  );
}
