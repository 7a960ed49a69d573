/** An invoice as a supplier's accounting software writes it: UBL 2.1, EN 16931. All names in it are invented. */
export interface WrittenInvoice {
  number: string;
  date: string;
  deliveredOn: string;
  dueDate: string;
  contractNo: string;
  currency: string;
  amount: string;
  seller: { name: string; id: string };
  buyer: { name: string; id: string };
}

const party = ({ name, id }: WrittenInvoice['seller']): string =>
  `<cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>${name}</cbc:RegistrationName>` +
  `<cbc:CompanyID>${id}</cbc:CompanyID></cac:PartyLegalEntity></cac:Party>`;

/** As a file field takes it. */
export function fileOf(xml: string, name = 'invoice.xml') {
  return { name, mimeType: 'application/xml', buffer: Buffer.from(xml) };
}

export function ublOf(invoice: WrittenInvoice): string {
  const { currency, amount } = invoice;
  return `<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:ID>${invoice.number}</cbc:ID>
  <cbc:IssueDate>${invoice.date}</cbc:IssueDate>
  <cbc:DueDate>${invoice.dueDate}</cbc:DueDate>
  <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
  <cbc:DocumentCurrencyCode>${currency}</cbc:DocumentCurrencyCode>
  <cac:ContractDocumentReference><cbc:ID>${invoice.contractNo}</cbc:ID></cac:ContractDocumentReference>
  <cac:AccountingSupplierParty>${party(invoice.seller)}</cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty>${party(invoice.buyer)}</cac:AccountingCustomerParty>
  <cac:Delivery><cbc:ActualDeliveryDate>${invoice.deliveredOn}</cbc:ActualDeliveryDate></cac:Delivery>
  <cac:LegalMonetaryTotal>
    <cbc:TaxInclusiveAmount currencyID="${currency}">${amount}</cbc:TaxInclusiveAmount>
    <cbc:PayableAmount currencyID="${currency}">${amount}</cbc:PayableAmount>
  </cac:LegalMonetaryTotal>
</Invoice>
`;
}
