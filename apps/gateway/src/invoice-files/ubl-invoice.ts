import { elements, parseXml, text, texts, type XmlNode } from '../xml/xml';

/** A trading party as an invoice names it: every identifier found, so that a lookup may try each. */
export interface InvoiceParty {
  name: string;
  ids: string[];
}

/** An invoice or credit note as written: UBL 2.1, EN 16931 business terms in brackets. Amounts stay text, signs included. */
export interface UblInvoice {
  kind: 'invoice' | 'creditNote';
  number: string | undefined; // BT-1
  date: string | undefined; // BT-2
  currency: string | undefined; // BT-5
  dueDate: string | undefined; // BT-9
  deliveredOn: string | undefined; // BT-72, else the end of the invoicing period BT-74
  contractNo: string | undefined; // BT-12, else the order BT-13
  note: string | undefined; // BT-22
  grossAmount: string | undefined; // BT-112, total with VAT
  payableAmount: string | undefined; // BT-115
  seller: InvoiceParty;
  buyer: InvoiceParty;
}

/** The XML is well formed but no UBL 2.1 invoice or credit note. */
export class NotAnInvoice extends Error {
  override readonly name = 'NotAnInvoice';
}

/**
 * Reads a UBL 2.1 Invoice or CreditNote. Nothing is judged here: what is missing stays undefined.
 * @throws XmlError for what is not XML, or has a document type; NotAnInvoice for another document
 */
export function readUblInvoice(xml: string): UblInvoice {
  const { root, content } = parseXml(xml);
  if (root !== 'Invoice' && root !== 'CreditNote') throw new NotAnInvoice(root);
  const kind = root === 'Invoice' && text(content, 'InvoiceTypeCode') !== '381' ? 'invoice' : 'creditNote';
  return {
    kind,
    number: text(content, 'ID'),
    date: text(content, 'IssueDate'),
    currency: text(content, 'DocumentCurrencyCode'),
    dueDate: text(content, 'DueDate') ?? text(content, 'PaymentMeans', 'PaymentDueDate'),
    deliveredOn: text(content, 'Delivery', 'ActualDeliveryDate') ?? text(content, 'InvoicePeriod', 'EndDate'),
    contractNo: text(content, 'ContractDocumentReference', 'ID') ?? text(content, 'OrderReference', 'ID'),
    note: text(content, 'Note'),
    grossAmount: text(content, 'LegalMonetaryTotal', 'TaxInclusiveAmount'),
    payableAmount: text(content, 'LegalMonetaryTotal', 'PayableAmount'),
    seller: readParty(elements(content, 'AccountingSupplierParty', 'Party')[0]),
    buyer: readParty(elements(content, 'AccountingCustomerParty', 'Party')[0]),
  };
}

function readParty(party: XmlNode | undefined): InvoiceParty {
  const name = text(party, 'PartyLegalEntity', 'RegistrationName') ?? text(party, 'PartyName', 'Name') ?? '';
  const ids = [
    ...texts(party, 'PartyLegalEntity', 'CompanyID'),
    ...texts(party, 'PartyTaxScheme', 'CompanyID'),
    ...texts(party, 'PartyIdentification', 'ID'),
    ...texts(party, 'EndpointID'),
  ];
  return { name, ids: [...new Set(ids)] };
}
