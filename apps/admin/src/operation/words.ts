import { displayAmount } from '@tallystick/domain';
import { useMemo } from 'react';
import { endMinuteOf, minuteOf } from '../date/days';
import { shortened } from '../id/short-id';
import { useText } from '../i18n';
import { useMemberName } from '../party/name';
import { useParties } from '../party/useParty';
import type { Description, Value } from './describe';
import { percentText } from './percent';

export { percentText };

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
        case 'end':
          return endMinuteOf(value.at);
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
