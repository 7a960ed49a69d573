import { displayAmount } from '@tallystick/domain';
import { useMemo } from 'react';
import { minuteOf } from '../date/days';
import { shortened } from '../id/short-id';
import { useText } from '../i18n';
import { useMemberName } from '../party/name';
import { useParties } from '../party/useParty';
import type { Description, Value } from './describe';

/** `43500` ppm is `4.35 %`. Exact: the last four digits are the decimals, without closing zeros beyond two. */
export function percentText(ppm: number): string {
  const digits = String(ppm).padStart(5, '0');
  const decimals = digits.slice(-4).replace(/0{1,2}$/, '');
  return `${digits.slice(0, -4)}.${decimals} %`;
}

/** Writes values in the reader's language; members by name once the directory has answered. */
export function useWords(says: readonly Description[]): (value: Value) => string {
  const text = useText();
  const nameOf = useMemberName();
  const values = says.flatMap(({ vars, facts, items }) => [
    ...Object.values(vars),
    ...[facts, ...items].flat().map(({ value }) => value),
  ]);
  const parties = useParties(values.flatMap((value) => (value.kind === 'member' && value.id !== '' ? [value.id] : [])));
  return useMemo(
    () => (value) => {
      switch (value.kind) {
        case 'money':
          return `${displayAmount(value.fen)} CNY`;
        case 'member': {
          const party = parties.get(value.id);
          return party === undefined ? value.id : nameOf(party);
        }
        case 'date':
          return value.date;
        case 'instant':
          return minuteOf(value.at);
        case 'percent':
          return text(`operation.percent.${value.per}`, { percent: percentText(value.ppm) });
        case 'count':
          return String(value.count);
        case 'id':
          return shortened(value.id);
        case 'word':
          return text(`operation.word.${value.word}`);
        case 'text':
          return value.text;
      }
    },
    [text, nameOf, parties],
  );
}
