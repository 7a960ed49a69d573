import { element, elements, parseXml, text } from '../xml/xml';
import { MessageError } from './message-error';
import { required } from './payment-file';

/** What became of one payment: taken in, credited to the payee's account, or rejected. */
export type PaymentStatus = 'ACSP' | 'ACSC' | 'RJCT';

export interface LineStatus {
  endToEndId: string;
  status: PaymentStatus;
  /** ISO external reason code, for a rejection. */
  reason: string | null;
  /** The bank's own reference of the booking, for a credit. */
  bankReference: string | null;
}

/** pain.002.001.11: the bank's word on the lines of one payment file. */
export interface StatusReport {
  messageId: string;
  createdAt: string;
  /** Message id of the payment file that it answers. */
  originalMessageId: string;
  lines: LineStatus[];
}

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.002.001.11';
const STATUSES: readonly string[] = ['ACSP', 'ACSC', 'RJCT'];

/** Writes pain.002.001.11. */
export function writeStatusReport(report: StatusReport): string {
  const line = ({ endToEndId, status, reason, bankReference }: LineStatus): string =>
    element('TxInfAndSts', [
      element('OrgnlEndToEndId', endToEndId),
      element('TxSts', status),
      ...(reason === null ? [] : [element('StsRsnInf', [element('Rsn', [element('Cd', reason)])])]),
      ...(bankReference === null ? [] : [element('AcctSvcrRef', bankReference)]),
    ]);
  const content = element('CstmrPmtStsRpt', [
    element('GrpHdr', [element('MsgId', report.messageId), element('CreDtTm', report.createdAt)]),
    element('OrgnlGrpInfAndSts', [
      element('OrgnlMsgId', report.originalMessageId),
      element('OrgnlMsgNmId', 'pain.001.001.09'),
    ]),
    element('OrgnlPmtInfAndSts', [element('OrgnlPmtInfId', report.originalMessageId), ...report.lines.map(line)]),
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>${element('Document', [content], { xmlns: NAMESPACE })}`;
}

/** Reads pain.002.001.11. @throws XmlError, MessageError */
export function readStatusReport(xml: string): StatusReport {
  const { root, namespace, content } = parseXml(xml);
  const [report] = root === 'Document' ? elements(content, 'CstmrPmtStsRpt') : [];
  if (report === undefined) throw new MessageError('NOT_A_STATUS_REPORT');
  if (namespace !== NAMESPACE) throw new MessageError('OTHER_VERSION');
  return {
    messageId: required(text(report, 'GrpHdr', 'MsgId')),
    createdAt: required(text(report, 'GrpHdr', 'CreDtTm')),
    originalMessageId: required(text(report, 'OrgnlGrpInfAndSts', 'OrgnlMsgId')),
    lines: elements(report, 'OrgnlPmtInfAndSts', 'TxInfAndSts').map((line) => {
      const status = required(text(line, 'TxSts'));
      if (!STATUSES.includes(status)) throw new MessageError('BAD_STATUS');
      return {
        endToEndId: required(text(line, 'OrgnlEndToEndId')),
        status: status as PaymentStatus,
        reason: text(line, 'StsRsnInf', 'Rsn', 'Cd') ?? null,
        bankReference: text(line, 'AcctSvcrRef') ?? null,
      };
    }),
  };
}
