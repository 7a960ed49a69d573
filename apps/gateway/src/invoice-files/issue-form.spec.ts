import { XmlError } from '../xml/xml';
import { fillIssueForm, type ReadInvoice } from './issue-form';
import { NotAnInvoice, readUblInvoice } from './ubl-invoice';

const BUYER = '91110000MA00CRE01M';
const SELLER = '91310000MA00UP1A06';
const members = [
  { id: BUYER, name: '示例核心企业' },
  { id: SELLER, name: '示例供应商' },
];

const ubl = (changes: Record<string, string> = {}): string => {
  const values: Record<string, string> = {
    root: 'Invoice',
    currency: 'CNY',
    payable: '113000.00',
    due: '<cbc:DueDate>2026-12-15</cbc:DueDate>',
    seller: SELLER,
    buyer: BUYER,
    extra: '',
    ...changes,
  };
  return `<?xml version="1.0" encoding="UTF-8"?>
<${values['root']} xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cbc="urn:cbc" xmlns:cac="urn:cac">
  <cbc:ID>26312000000012345678</cbc:ID><cbc:IssueDate>2026-11-02</cbc:IssueDate>${values['due']}${values['extra']}
  <cbc:DocumentCurrencyCode>${values['currency']}</cbc:DocumentCurrencyCode>
  <cac:ContractDocumentReference><cbc:ID>HT-2026-07</cbc:ID></cac:ContractDocumentReference>
  <cac:AccountingSupplierParty><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>A &amp; B</cbc:RegistrationName>
    <cbc:CompanyID>${values['seller']}</cbc:CompanyID></cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty><cac:Party><cac:PartyTaxScheme><cbc:CompanyID>${values['buyer']}</cbc:CompanyID></cac:PartyTaxScheme>
  </cac:Party></cac:AccountingCustomerParty>
  <cac:Delivery><cbc:ActualDeliveryDate>2026-10-30</cbc:ActualDeliveryDate></cac:Delivery>
  <cac:LegalMonetaryTotal><cbc:TaxInclusiveAmount currencyID="CNY">113000.00</cbc:TaxInclusiveAmount>
    <cbc:PayableAmount currencyID="CNY">${values['payable']}</cbc:PayableAmount></cac:LegalMonetaryTotal>
</${values['root']}>`;
};

const read = (xml: string): ReadInvoice =>
  fillIssueForm(readUblInvoice(xml), { member: BUYER, language: 'en' }, (party) =>
    members.find(({ id }) => party.ids.includes(id)),
  );
const codes = (xml: string): string[] => read(xml).notices.map(({ code, field }) => `${code} ${field}`);

describe('an invoice file', () => {
  it('fills the issue form', () => {
    expect(read(ubl())).toEqual({
      form: {
        creditor: SELLER,
        dueDate: '2026-12-15',
        contractNo: 'HT-2026-07',
        invoices: [
          {
            number: '26312000000012345678',
            date: '2026-11-02',
            deliveredOn: '2026-10-30',
            grossAmount: { amount: '113000.00', currency: 'CNY' },
            amount: { amount: '113000.00', currency: 'CNY' },
          },
        ],
      },
      found: expect.arrayContaining(['creditor', 'dueDate', 'invoices.0.amount']) as string[],
      notices: [],
    });
  });

  it.each([
    ['a seller that is no member', { seller: 'DE123' }, 'SELLER_NOT_MEMBER creditor'],
    ['a buyer that is no member', { buyer: 'DE123' }, 'BUYER_NOT_MEMBER issuer'],
    ['a buyer that is someone else', { buyer: SELLER }, 'BUYER_IS_ANOTHER issuer'],
    ['another currency', { currency: 'EUR' }, 'OTHER_CURRENCY invoices.0.amount'],
    ['a negative amount', { payable: '-1656.25' }, 'NEGATIVE_AMOUNT invoices.0.amount'],
    ['an amount with an exponent', { payable: '1e3' }, 'AMOUNT_UNREADABLE invoices.0.amount'],
    ['a fraction of a cent', { payable: '1.005' }, 'AMOUNT_UNREADABLE invoices.0.amount'],
    ['no due date', { due: '' }, 'DUE_DATE_MISSING dueDate'],
    ['a date that does not exist', { due: '<cbc:DueDate>2026-02-30</cbc:DueDate>' }, 'DATE_UNREADABLE dueDate'],
    ['a credit note', { root: 'CreditNote' }, 'CREDIT_NOTE invoices.0'],
    [
      'a credit note by its code',
      { extra: '<cbc:InvoiceTypeCode>381</cbc:InvoiceTypeCode>' },
      'CREDIT_NOTE invoices.0',
    ],
  ])('tells of %s', (_, changes, expected) => {
    expect(codes(ubl(changes))).toContain(expected);
  });

  it('shows the foreign party by the name it has in the file, and takes no foreign amount over', () => {
    const { form, notices } = read(ubl({ seller: 'DE123', currency: 'EUR' }));
    expect(notices.map(({ message }) => message).join('\n')).toMatch(/A & B DE123[^]*EUR \(payable 113000\.00\)/u);
    expect(form).not.toHaveProperty('creditor');
    expect(form.invoices[0]).not.toHaveProperty('amount');
    expect(form.invoices[0]).not.toHaveProperty('grossAmount');
  });

  it('is refused when it is another document, or has a document type', () => {
    expect(() => readUblInvoice('<Order><ID>1</ID></Order>')).toThrow(NotAnInvoice);
    expect(() => readUblInvoice(`<!DOCTYPE Invoice>${ubl()}`)).toThrow(XmlError);
  });
});
