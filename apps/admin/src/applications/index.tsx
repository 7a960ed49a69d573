import { Route } from 'react-router-dom';
import type { Noun } from '../nouns';
import { ApplicationList } from './ApplicationList';
import { ApplyPage } from './ApplyPage';

export const applications: Noun = {
  name: 'applications',
  list: ApplicationList,
  publicRoutes: <Route path="/apply" element={<ApplyPage />} />,
};
