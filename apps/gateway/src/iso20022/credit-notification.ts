import { formatAmount, isIsoDate } from '@tallystick/domain';
import { element, elements, parseXml, text } from '../xml/xml';
import { MessageError } from './message-error';
import { readAmount, required, type AccountHolder } from './payment-file';

/** One booking on an account: money in, or a payment of ours that came back after it was credited. */
export interface Booking {
  endToEndId: string;
  amountFen: bigint;
  bookedOn: string;
  bankReference: string;
  /** True when a payment made before came back. */
  returned: boolean;
}

/** camt.054.001.08: the bank tells of bookings on one account. */
export interface CreditNotification {
  messageId: string;
  createdAt: string;
  account: AccountHolder;
  bookings: Booking[];
}

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:camt.054.001.08';

/** Writes camt.054.001.08. */
export function writeCreditNotification(notification: CreditNotification): string {
  const entry = (booking: Booking): string =>
    element('Ntry', [
      element('Amt', formatAmount(booking.amountFen), { Ccy: 'CNY' }),
      element('CdtDbtInd', 'CRDT'),
      element('RvslInd', String(booking.returned)),
      element('Sts', [element('Cd', 'BOOK')]),
      element('BookgDt', [element('Dt', booking.bookedOn)]),
      element('AcctSvcrRef', booking.bankReference),
      element('BkTxCd', [
        element('Domn', [
          element('Cd', 'PMNT'),
          element('Fmly', [element('Cd', 'RCDT'), element('SubFmlyCd', booking.returned ? 'RRTN' : 'DMCT')]),
        ]),
      ]),
      element('NtryDtls', [element('TxDtls', [element('Refs', [element('EndToEndId', booking.endToEndId)])])]),
    ]);
  const content = element('BkToCstmrDbtCdtNtfctn', [
    element('GrpHdr', [element('MsgId', notification.messageId), element('CreDtTm', notification.createdAt)]),
    element('Ntfctn', [
      element('Id', notification.messageId),
      element('Acct', [
        element('Id', [element('Othr', [element('Id', notification.account.id)])]),
        element('Nm', notification.account.name.slice(0, 70)),
      ]),
      ...notification.bookings.map(entry),
    ]),
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>${element('Document', [content], { xmlns: NAMESPACE })}`;
}

/** Reads camt.054.001.08; bookings that are not credits, or not booked yet, are left out. @throws XmlError, MessageError */
export function readCreditNotification(xml: string): CreditNotification {
  const { root, namespace, content } = parseXml(xml);
  const [document] = root === 'Document' ? elements(content, 'BkToCstmrDbtCdtNtfctn') : [];
  const notices = elements(document, 'Ntfctn');
  const [notice] = notices;
  if (notice === undefined || notices.length !== 1) throw new MessageError('NOT_A_NOTIFICATION');
  if (namespace !== NAMESPACE) throw new MessageError('OTHER_VERSION');
  const entries = elements(notice, 'Ntry').filter(
    (entry) => text(entry, 'CdtDbtInd') === 'CRDT' && text(entry, 'Sts', 'Cd') === 'BOOK',
  );
  return {
    messageId: required(text(document, 'GrpHdr', 'MsgId')),
    createdAt: required(text(document, 'GrpHdr', 'CreDtTm')),
    account: { id: required(text(notice, 'Acct', 'Id', 'Othr', 'Id')), name: text(notice, 'Acct', 'Nm') ?? '' },
    bookings: entries.map((entry) => {
      const amount = elements(entry, 'Amt')[0];
      if (text(amount, '@Ccy') !== 'CNY') throw new MessageError('OTHER_CURRENCY');
      const bookedOn = required(text(entry, 'BookgDt', 'Dt'));
      if (!isIsoDate(bookedOn)) throw new MessageError('BAD_DATE');
      return {
        endToEndId: required(text(entry, 'NtryDtls', 'TxDtls', 'Refs', 'EndToEndId')),
        amountFen: readAmount(text(amount)),
        bookedOn,
        bankReference: required(text(entry, 'AcctSvcrRef')),
        returned: text(entry, 'RvslInd') === 'true',
      };
    }),
  };
}
