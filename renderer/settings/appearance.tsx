import { Select } from '../design/components/select.tsx';
import { useCallOf, useQueryOf } from '../engine/hooks.ts';
import {
  contrasts,
  languages,
  textScales,
  themes,
  useAppearance,
  type TextScale,
} from '../state/appearance.ts';
import { setLooks } from '../state/looks.ts';
import { formatPercent } from '../texts/format.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { SettingRow, SwitchRow } from './setting-row.tsx';

/** How the window looks, and how it makes itself felt. */
export function Appearance() {
  const texts = useTexts();
  const shown = useLanguage();
  const { theme, contrast, language, textScale } = useAppearance();
  return (
    <>
      <SettingRow label={texts.settings.theme}>
        <Select
          label={texts.settings.theme}
          value={theme}
          options={themes.map((value) => ({ value, label: texts.settings.themes[value] }))}
          onChange={(chosen) => {
            void setLooks({ theme: chosen });
          }}
        />
      </SettingRow>
      <SettingRow label={texts.settings.contrast} hint={texts.settings.contrastHint}>
        <Select
          label={texts.settings.contrast}
          value={contrast}
          options={contrasts.map((value) => ({ value, label: texts.settings.contrasts[value] }))}
          onChange={(chosen) => {
            void setLooks({ contrast: chosen });
          }}
        />
      </SettingRow>
      <SettingRow label={texts.settings.language}>
        <Select
          label={texts.settings.language}
          value={language ?? 'system'}
          options={(['system', ...languages] as const).map((value) => ({
            value,
            label: value === 'system' ? texts.settings.asSystem : ownName(value),
          }))}
          onChange={(chosen) => {
            void setLooks({ language: chosen === 'system' ? null : chosen });
          }}
        />
      </SettingRow>
      <SettingRow label={texts.settings.textSize} hint={texts.settings.textSizeHint}>
        <Select
          label={texts.settings.textSize}
          value={String(textScale)}
          options={textScales.map((value) => ({
            value: String(value),
            label: formatPercent(value / 100, shown),
          }))}
          onChange={(chosen) => {
            const scale: TextScale | undefined = textScales.find((value) => String(value) === chosen);
            if (scale !== undefined) void setLooks({ textScale: scale });
          }}
        />
      </SettingRow>
      <Behaviour />
    </>
  );
}

/** A language as those who speak it call it. */
function ownName(language: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
}

/** What the engine or the desktop has to know of. */
function Behaviour() {
  const texts = useTexts();
  const { data: settings } = useQueryOf('setting.get', {});
  const { call } = useCallOf('setting.set');
  if (settings === undefined) return null;
  return (
    <>
      <SwitchRow
        label={texts.settings.notifications}
        hint={texts.settings.notificationsHint}
        isOn={settings.notifications}
        onChange={(notifications) => void call({ notifications })}
      />
      <SwitchRow
        label={texts.settings.pauseOnBattery}
        hint={texts.settings.pauseOnBatteryHint}
        isOn={settings.pauseOnBattery}
        onChange={(pauseOnBattery) => void call({ pauseOnBattery })}
      />
    </>
  );
}
