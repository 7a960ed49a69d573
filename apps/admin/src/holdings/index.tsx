import { Route } from 'react-router-dom';
import type { Noun } from '../nouns';
import { CashPage } from './CashPage';
import { HoldingList } from './HoldingList';
import { HoldingPage } from './HoldingPage';
import { TransferPage } from './TransferPage';

export const holdings: Noun = {
  name: 'holdings',
  list: HoldingList,
  show: HoldingPage,
  routes: (
    <>
      <Route path="/holdings/:id/transfer" element={<TransferPage />} />
      <Route path="/holdings/:id/cash" element={<CashPage />} />
    </>
  ),
};
