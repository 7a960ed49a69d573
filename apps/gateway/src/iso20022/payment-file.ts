import { formatAmount, isAmount, isIsoDate, parseAmount, sumFen } from '@tallystick/domain';
import { element, elements, parseXml, text, type XmlNode } from '../xml/xml';
import { MessageError } from './message-error';

/** Holder of an account: a member's id (USCC) stands for its account at the bank named. */
export interface AccountHolder {
  id: string;
  name: string;
}

export interface PaymentLine {
  /** Our reference, at most 35 characters; a bank executes one payment per reference, ever. */
  endToEndId: string;
  amountFen: bigint;
  creditor: AccountHolder;
  remittance: string;
}

/** A credit transfer order of one debtor: pain.001.001.09. */
export interface PaymentFile {
  messageId: string;
  createdAt: string;
  executeOn: string;
  debtor: AccountHolder;
  payments: PaymentLine[];
}

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';
const END_TO_END_ID = /^[0-9A-Za-z/\-?:().,'+ ]{1,35}$/u;

/** Writes pain.001.001.09. @throws RangeError for a reference that banks do not take */
export function writePaymentFile(file: PaymentFile): string {
  const count = String(file.payments.length);
  const sum = formatAmount(sumFen(file.payments.map(({ amountFen }) => amountFen)));
  const head = element('GrpHdr', [
    element('MsgId', file.messageId),
    element('CreDtTm', file.createdAt),
    element('NbOfTxs', count),
    element('CtrlSum', sum),
    element('InitgPty', [element('Nm', file.debtor.name)]),
  ]);
  const info = element('PmtInf', [
    element('PmtInfId', file.messageId),
    element('PmtMtd', 'TRF'),
    element('NbOfTxs', count),
    element('CtrlSum', sum),
    element('ReqdExctnDt', [element('Dt', file.executeOn)]),
    element('Dbtr', party(file.debtor)),
    element('DbtrAcct', account(file.debtor)),
    element('DbtrAgt', [element('FinInstnId', [element('Othr', [element('Id', 'NOTPROVIDED')])])]),
    ...file.payments.map(writeLine),
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>${element('Document', [element('CstmrCdtTrfInitn', [head, info])], { xmlns: NAMESPACE })}`;
}

function writeLine(line: PaymentLine): string {
  if (!END_TO_END_ID.test(line.endToEndId)) throw new RangeError(`bad EndToEndId ${line.endToEndId}`);
  return element('CdtTrfTxInf', [
    element('PmtId', [element('EndToEndId', line.endToEndId)]),
    element('Amt', [element('InstdAmt', formatAmount(line.amountFen), { Ccy: 'CNY' })]),
    element('Cdtr', party(line.creditor)),
    element('CdtrAcct', account(line.creditor)),
    element('RmtInf', [element('Ustrd', line.remittance.slice(0, 140))]),
  ]);
}

const party = ({ id, name }: AccountHolder): string[] => [
  element('Nm', name.slice(0, 140)),
  element('Id', [element('OrgId', [element('Othr', [element('Id', id)])])]),
];
const account = ({ id }: AccountHolder): string[] => [element('Id', [element('Othr', [element('Id', id)])])];

/**
 * Reads pain.001.001.09 with one payment information block; number and sum must be right.
 * @throws XmlError, MessageError
 */
export function readPaymentFile(xml: string): PaymentFile {
  const { root, namespace, content } = parseXml(xml);
  const [initiation] = root === 'Document' ? elements(content, 'CstmrCdtTrfInitn') : [];
  if (initiation === undefined) throw new MessageError('NOT_A_PAYMENT_FILE');
  if (namespace !== NAMESPACE) throw new MessageError('OTHER_VERSION');
  const blocks = elements(initiation, 'PmtInf');
  const [info] = blocks;
  if (info === undefined || blocks.length !== 1) throw new MessageError('ONE_DEBTOR_A_FILE');
  const payments = elements(info, 'CdtTrfTxInf').map(readLine);
  const head = elements(initiation, 'GrpHdr')[0];
  if (text(head, 'NbOfTxs') !== String(payments.length) || payments.length === 0) throw new MessageError('WRONG_COUNT');
  if (readAmount(text(head, 'CtrlSum')) !== sumFen(payments.map(({ amountFen }) => amountFen))) {
    throw new MessageError('WRONG_SUM');
  }
  const executeOn = text(info, 'ReqdExctnDt', 'Dt') ?? '';
  if (!isIsoDate(executeOn)) throw new MessageError('BAD_DATE');
  return {
    messageId: required(text(head, 'MsgId')),
    createdAt: required(text(head, 'CreDtTm')),
    executeOn,
    debtor: readParty(info, 'Dbtr'),
    payments,
  };
}

function readLine(line: XmlNode): PaymentLine {
  const amount = elements(line, 'Amt', 'InstdAmt')[0];
  if (text(amount, '@Ccy') !== 'CNY') throw new MessageError('OTHER_CURRENCY');
  const endToEndId = required(text(line, 'PmtId', 'EndToEndId'));
  if (!END_TO_END_ID.test(endToEndId)) throw new MessageError('BAD_REFERENCE');
  const amountFen = readAmount(text(amount));
  if (amountFen <= 0n) throw new MessageError('BAD_AMOUNT');
  return { endToEndId, amountFen, creditor: readParty(line, 'Cdtr'), remittance: text(line, 'RmtInf', 'Ustrd') ?? '' };
}

function readParty(node: XmlNode, name: string): AccountHolder {
  return {
    id: required(text(node, `${name}Acct`, 'Id', 'Othr', 'Id')),
    name: text(node, name, 'Nm') ?? '',
  };
}

/** An amount of a message in fen. @throws MessageError unless it is a plain amount of at most two decimals */
export function readAmount(value: string | undefined): bigint {
  if (value === undefined || !isAmount(value)) throw new MessageError('BAD_AMOUNT');
  return parseAmount(value);
}

/** A value that the message must have. @throws MessageError */
export function required(value: string | undefined): string {
  if (value === undefined) throw new MessageError('FIELD_MISSING');
  return value;
}
