import { readCreditNotification, writeCreditNotification, type CreditNotification } from './credit-notification';
import { MessageError } from './message-error';
import { readPaymentFile, writePaymentFile, type PaymentFile } from './payment-file';
import { readStatusReport, writeStatusReport, type StatusReport } from './status-report';

const file: PaymentFile = {
  messageId: 'M-1',
  createdAt: '2026-11-23T02:00:00Z',
  executeOn: '2026-11-23',
  debtor: { id: '91110000MA00CRE01M', name: '示例 & <核心>' },
  payments: [
    {
      endToEndId: 'TS20261123-ABCDEF12/1/0',
      amountFen: 90_071_992_547_409_93n,
      creditor: { id: '91310000MA00UP1A06', name: 'A' },
      remittance: 'x',
    },
    {
      endToEndId: 'TS20261123-ABCDEF12/1/1',
      amountFen: 1n,
      creditor: { id: '91440300MA00UP2B0F', name: 'B' },
      remittance: 'y',
    },
  ],
};
const fault = (work: () => unknown): string => {
  try {
    work();
    return 'read';
  } catch (error) {
    return error instanceof MessageError ? error.code : String(error);
  }
};

describe('a payment file', () => {
  it('reads as it was written, amounts to the cent above 2^53', () => {
    expect(readPaymentFile(writePaymentFile(file))).toEqual(file);
  });

  it.each<[string, string, RegExp, string]>([
    ['a wrong sum', 'WRONG_SUM', /<CtrlSum>[^<]*/u, '<CtrlSum>1.00'],
    ['a wrong count', 'WRONG_COUNT', /<NbOfTxs>2/u, '<NbOfTxs>3'],
    ['an amount with an exponent', 'BAD_AMOUNT', /(<InstdAmt Ccy="CNY">)[^<]*/u, '$11e3'],
    ['an amount of zero', 'BAD_AMOUNT', /(<InstdAmt Ccy="CNY">)[^<]*/u, '$10.00'],
    ['another currency', 'OTHER_CURRENCY', /Ccy="CNY"/u, 'Ccy="EUR"'],
    ['another version', 'OTHER_VERSION', /pain\.001\.001\.09/u, 'pain.001.001.03'],
    ['a day that does not exist', 'BAD_DATE', /<Dt>2026-11-23/u, '<Dt>2026-02-30'],
    ['a missing account', 'FIELD_MISSING', /<CdtrAcct>.*?<\/CdtrAcct>/u, ''],
    ['an over-long reference', 'BAD_REFERENCE', /<EndToEndId>/u, `<EndToEndId>${'x'.repeat(20)}`],
  ])('is refused with %s', (_, code, part, other) => {
    expect(fault(() => readPaymentFile(writePaymentFile(file).replace(part, other)))).toBe(code);
  });

  it('is not written with a reference that banks do not take', () => {
    const [line] = file.payments;
    expect(() => writePaymentFile({ ...file, payments: [{ ...line!, endToEndId: 'é' }] })).toThrow(RangeError);
  });
});

describe("the bank's answers", () => {
  const report: StatusReport = {
    messageId: 'S-1',
    createdAt: '2026-11-23T02:00:01Z',
    originalMessageId: 'M-1',
    lines: [
      { endToEndId: 'a', status: 'ACSC', reason: null, bankReference: 'B1' },
      { endToEndId: 'b', status: 'RJCT', reason: 'AC04', bankReference: null },
    ],
  };
  const notification: CreditNotification = {
    messageId: 'N-1',
    createdAt: '2026-11-23T02:00:02Z',
    account: { id: '91110000MA00BNK01L', name: 'Bank' },
    bookings: [{ endToEndId: 'c', amountFen: 12_345n, bookedOn: '2026-11-23', bankReference: 'B2', returned: true }],
  };

  it('read as they were written', () => {
    expect(readStatusReport(writeStatusReport(report))).toEqual(report);
    expect(readCreditNotification(writeCreditNotification(notification))).toEqual(notification);
  });

  it('are refused with an unknown status, another document, another currency', () => {
    expect(fault(() => readStatusReport(writeStatusReport(report).replace('ACSC', 'ZZZZ')))).toBe('BAD_STATUS');
    expect(fault(() => readStatusReport(writePaymentFile(file)))).toBe('NOT_A_STATUS_REPORT');
    expect(fault(() => readCreditNotification(writeStatusReport(report)))).toBe('NOT_A_NOTIFICATION');
    const euro = writeCreditNotification(notification).replace('CNY', 'EUR');
    expect(fault(() => readCreditNotification(euro))).toBe('OTHER_CURRENCY');
  });

  it('leave out what is not booked, or not a credit', () => {
    const xml = writeCreditNotification(notification);
    expect(readCreditNotification(xml.replace('BOOK', 'PDNG')).bookings).toEqual([]);
    expect(readCreditNotification(xml.replace('CRDT', 'DBIT')).bookings).toEqual([]);
  });
});
