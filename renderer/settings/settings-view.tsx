import type { ReactNode } from 'react';
import { Connections } from '../connections/connections.tsx';
import { Describing } from '../describing/describing.tsx';
import { View } from '../layout/view.tsx';
import { formatRoute, settingsSections, type SettingsSection } from '../routes.ts';
import { useRoute } from '../state/route.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Upkeep } from '../upkeep/upkeep.tsx';
import { About } from './about.tsx';
import { Appearance } from './appearance.tsx';
import { Folders } from './folders.tsx';
import { Usage } from './usage.tsx';
import './settings-view.css';

const contents: Readonly<Record<SettingsSection, ReactNode>> = {
  connections: <Connections />,
  folders: <Folders />,
  prompts: <Describing />,
  usage: <Usage />,
  upkeep: <Upkeep />,
  appearance: <Appearance />,
  about: <About />,
};

/** Everything that stays as it was set: one section at a time, each with an address of its own. */
export function SettingsView() {
  const texts = useTexts();
  const route = useRoute();
  const section = route.view === 'settings' ? route.section : 'connections';
  return (
    <View title={texts.settings.title}>
      <div className="settings">
        <nav className="settings-sections" aria-label={texts.settings.title}>
          <ul>
            {settingsSections.map((name) => (
              <li key={name}>
                <a
                  className="settings-link"
                  href={formatRoute({ view: 'settings', section: name })}
                  aria-current={name === section ? 'page' : undefined}
                >
                  {texts.settings.sections[name]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <section className="settings-content" aria-label={texts.settings.sections[section]}>
          <h2 className="settings-title">{texts.settings.sections[section]}</h2>
          {contents[section]}
        </section>
      </div>
    </View>
  );
}
