import type { ResourceProps } from 'react-admin';
import type { ReactElement } from 'react';
import { operations } from './operation';

/** The pages of one noun: what react-admin's `<Resource>` takes, and routes beside it. */
export interface Noun extends ResourceProps {
  /** More routes, inside the frame (`<Route path=… element=… />`). */
  routes?: ReactElement;
  /** Routes that need no sign-in and no frame. */
  publicRoutes?: ReactElement;
}

/** Every noun that has pages. A new one: a folder, its messages in both languages, and a line here. */
export const NOUNS: readonly Noun[] = [operations];
