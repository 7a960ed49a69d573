import Box from '@mui/material/Box';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { Layout, type LayoutProps } from 'react-admin';
import { useLanguage } from '../i18n';
import { LiveUpdates } from '../live/LiveUpdates';
import { AwayBanner } from './AwayBanner';
import { MainMenu } from './MainMenu';
import { PageFault } from './PageFault';
import { Shortcuts } from './Shortcuts';
import { TopBar } from './TopBar';

/** The frame around every page. */
export function Shell({ children }: LayoutProps) {
  useWordsOfLanguage();
  return (
    <Layout appBar={TopBar} appBarAlwaysOn menu={MainMenu} error={PageFault} sx={{ minWidth: 0 }}>
      <LiveUpdates />
      <Shortcuts />
      <AwayBanner />
      <Page>{children}</Page>
    </Layout>
  );
}

/** What the gateway says in words, such as why something is not possible, is asked for again in the language now chosen. */
function useWordsOfLanguage(): void {
  const [language] = useLanguage();
  const client = useQueryClient();
  const read = useRef(language);
  useEffect(() => {
    if (read.current === language) return;
    read.current = language;
    void client.invalidateQueries();
  }, [language, client]);
}

function Page({ children }: { children: ReactNode }) {
  return <Box sx={{ width: '100%', maxWidth: 1280, mx: 'auto', minWidth: 0 }}>{children}</Box>;
}
