import Business from '@mui/icons-material/BusinessOutlined';
import Checklist from '@mui/icons-material/RuleOutlined';
import FactCheck from '@mui/icons-material/FactCheckOutlined';
import Home from '@mui/icons-material/HomeOutlined';
import HowToReg from '@mui/icons-material/HowToRegOutlined';
import Inventory from '@mui/icons-material/AccountBalanceWalletOutlined';
import Payments from '@mui/icons-material/PaymentsOutlined';
import Receipt from '@mui/icons-material/ReceiptLongOutlined';
import RequestQuote from '@mui/icons-material/RequestQuoteOutlined';
import Savings from '@mui/icons-material/AccountBalanceOutlined';
import Speed from '@mui/icons-material/DataUsageOutlined';
import SwapHoriz from '@mui/icons-material/SwapHorizOutlined';
import TaskAlt from '@mui/icons-material/TaskAltOutlined';
import type { ReactElement } from 'react';

const ICONS: Record<string, ReactElement> = {
  '': <Home />,
  certificates: <Receipt />,
  holdings: <Inventory />,
  transfers: <SwapHoriz />,
  financings: <RequestQuote />,
  settlements: <Savings />,
  payments: <Payments />,
  lines: <Speed />,
  members: <Business />,
  operations: <TaskAlt />,
  applications: <HowToReg />,
  reconciliation: <FactCheck />,
  'rule-packs': <Checklist />,
};

/** The icon of a resource; home for none. */
export const iconOf = (resource = ''): ReactElement => ICONS[resource] ?? <Receipt />;
