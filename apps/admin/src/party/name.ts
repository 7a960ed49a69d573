import { useCallback } from 'react';
import type { PartyRef } from '../api/types';
import { useLanguage } from '../i18n';

/** A member's name in the reader's language. */
export function useMemberName(): (party: Pick<PartyRef, 'name' | 'nameEn'>) => string {
  const [language] = useLanguage();
  return useCallback(({ name, nameEn }) => (language === 'en' && nameEn !== '' ? nameEn : name), [language]);
}
