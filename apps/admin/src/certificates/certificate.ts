/** Certificates as the gateway shows them; what the reader may not see is absent. */
import type { Answer, ItemOf } from '../api/types';

export type CertificateShort = ItemOf<'CertificatePage_Output'>;

export type Certificate = Answer<'CertificateDetail_Output'>;
/** A part of the face; positions in cents, from 1. */
export type StripPart = Certificate['strip'][number];
export type CertificateTerms = NonNullable<Certificate['terms']>;
