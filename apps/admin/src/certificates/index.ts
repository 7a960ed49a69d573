import type { Noun } from '../nouns';
import { CertificateList } from './CertificateList';
import { CertificatePage } from './CertificatePage';
import { IssuePage } from './issue/IssuePage';

export const certificates: Noun = {
  name: 'certificates',
  list: CertificateList,
  show: CertificatePage,
  create: IssuePage,
};
