import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { Layout, type LayoutProps } from 'react-admin';
import { LiveUpdates } from '../live/LiveUpdates';
import { AwayBanner } from './AwayBanner';
import { MainMenu } from './MainMenu';
import { PageFault } from './PageFault';
import { Shortcuts } from './Shortcuts';
import { TopBar } from './TopBar';

/** The frame around every page. */
export function Shell({ children }: LayoutProps) {
  return (
    <Layout appBar={TopBar} appBarAlwaysOn menu={MainMenu} error={PageFault} sx={{ minWidth: 0 }}>
      <LiveUpdates />
      <Shortcuts />
      <AwayBanner />
      <Page>{children}</Page>
    </Layout>
  );
}

function Page({ children }: { children: ReactNode }) {
  return <Box sx={{ width: '100%', maxWidth: 1280, mx: 'auto', minWidth: 0 }}>{children}</Box>;
}
