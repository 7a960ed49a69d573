import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REFUSAL_CATALOGUE } from './catalogue';
import { ALL_REFUSAL_CODES } from './codes';
import { refusalMessage, refusalRule, refusalStatus } from './message';
import { refuse, refuseItem } from './refusal';
import { refusalTable } from './refusal-table';

const page = join(__dirname, '../../../../docs/refusals.md');
/** Formatting pads tables; the words are what counts. */
const words = (text: string) => text.replace(/[ -]+/g, ' ');

describe('the refusal catalogue', () => {
  it('has exactly the codes of the union, each once', () => {
    expect(Object.keys(REFUSAL_CATALOGUE).sort()).toEqual([...ALL_REFUSAL_CODES].sort());
    expect(new Set(ALL_REFUSAL_CODES).size).toBe(ALL_REFUSAL_CODES.length);
  });

  it.each([...ALL_REFUSAL_CODES])('%s says the same in both languages', (code) => {
    const { zh, en } = REFUSAL_CATALOGUE[code];
    const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
    expect(placeholders(zh)).toEqual(placeholders(en));
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).not.toMatch(/[\u4e00-\u9fff]/);
    expect(refusalStatus(code)).toBeGreaterThanOrEqual(400);
  });

  it('is the page in the docs (UPDATE_DOCS=1 writes it)', () => {
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(page, refusalTable());
    expect(words(readFileSync(page, 'utf8'))).toBe(words(refusalTable()));
  });
});

describe('refusals', () => {
  const { refusal } = refuse(
    'AMOUNT_EXCEEDS_HOLDING',
    { requestedFen: 100_000_001n, availableFen: 5n },
    { field: 'amountFen' },
  );

  it('are plain JSON and speak both languages', () => {
    expect(JSON.parse(JSON.stringify(refusal))).toEqual(refusal);
    expect(refusalMessage(refusal, 'en')).toBe('1,000,000.01 CNY is more than the 0.05 available');
    expect(refusalMessage(refusal, 'zh')).toBe('金额 1,000,000.01 元超过可用金额 0.05 元');
  });

  it('write lists and texts as they are', () => {
    const role = refuse('ROLE_MISSING', { role: ['maker', 'checker'] }).refusal;
    expect(refusalMessage(role, 'en')).toBe('A signature of role maker, checker is missing');
    expect(refusalMessage(refuse('KEY_UNKNOWN', { keyId: '123' }).refusal, 'en')).toContain('key 123 is');
    expect(refusalMessage(refuse('LINE_EXCEEDED', { neededFen: 'x', availableFen: true }).refusal, 'en')).toContain(
      'x needed, true',
    );
  });

  it('show a dash for a missing detail', () => {
    expect(refusalMessage({ code: 'OFFER_STATE', details: {} }, 'en')).toBe('The offer is —');
  });

  it('name their own rule before the catalogue’s', () => {
    expect(refusalRule(refuse('ISSUER_OVERDUE').refusal)).toContain('77号');
    expect(refusalRule(refuse('ISSUER_OVERDUE', {}, { rule: 'mine' }).refusal)).toBe('mine');
    expect(refusalRule(refuse('BAD_INPUT').refusal)).toBeUndefined();
  });

  it('of a list name the index', () => {
    const item = refuseItem(refusal, 'certificates', 3).refusal;
    expect(item.field).toBe('certificates.3.amountFen');
    expect(item.details['index']).toBe(3);
    expect(refuseItem(refuse('BAD_INPUT').refusal, 'pieces', 0).refusal.field).toBe('pieces.0');
  });
});
