import type { ResourceProps } from 'react-admin';
import type { ReactElement } from 'react';
import { applications } from './applications';
import { certificates } from './certificates';
import { financings } from './financings';
import { holdings } from './holdings';
import { lines } from './lines';
import { members } from './members';
import { operations } from './operation';
import { payments } from './payments';
import { reconciliation } from './reconciliation';
import { rulePacks } from './rule-packs';
import { settlements } from './settlements';
import { transfers } from './transfers';

/** The pages of one noun: what react-admin's `<Resource>` takes, and routes beside it. */
export interface Noun extends ResourceProps {
  /** More routes, inside the frame (`<Route path=… element=… />`). */
  routes?: ReactElement;
  /** Routes that need no sign-in and no frame. */
  publicRoutes?: ReactElement;
}

/** Every noun that has pages. A new one: a folder, its messages in both languages, and a line here. */
export const NOUNS: readonly Noun[] = [
  certificates,
  holdings,
  transfers,
  financings,
  settlements,
  payments,
  lines,
  members,
  applications,
  rulePacks,
  reconciliation,
  operations,
];
