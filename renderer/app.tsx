import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useEditCommands } from './commands/edit-commands.ts';
import { useWindowCommands } from './commands/window-commands.ts';
import { useDesktop } from './desktop/use-desktop.ts';
import { Toasts } from './design/components/toast.tsx';
import { queryClient } from './engine/query-client.ts';
import { DropFolders } from './folders/drop-folders.tsx';
import { WebPictures } from './folders/web-pictures.tsx';
import { EngineBanner } from './layout/engine-banner.tsx';
import { Layout } from './layout/layout.tsx';
import { CheatSheet } from './palette/cheat-sheet.tsx';
import { TroubleBanner } from './layout/trouble-banner.tsx';
import { Palette } from './palette/palette.tsx';
import { Sidebar } from './sidebar/sidebar.tsx';
import { useLooks } from './state/looks.ts';
import { useRoute } from './state/route.ts';
import { StatusBar } from './status-bar/status-bar.tsx';
import { useLanguage } from './texts/use-texts.ts';
import { viewOf } from './views.tsx';

/** The window. */
export function App() {
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <Tooltip.Provider delay={500}>
          <Toasts>
            <Window />
          </Toasts>
        </Tooltip.Provider>
      </QueryClientProvider>
    </CSPProvider>
  );
}

function Window() {
  const language = useLanguage();
  const { view } = useRoute();
  useWindowCommands();
  useEditCommands();
  useDesktop();
  useLooks();
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <>
      <Layout
        banner={
          <>
            <EngineBanner />
            <TroubleBanner />
          </>
        }
        sidebar={<Sidebar />}
        statusBar={<StatusBar />}
      >
        {viewOf(view)}
      </Layout>
      <Palette />
      <CheatSheet />
      <DropFolders />
      <WebPictures />
    </>
  );
}
