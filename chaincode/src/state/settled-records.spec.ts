import { SettledRecords } from './settled-records';

const clock = (offsetMs: number): string => JSON.stringify({ schema: 1, offsetMs });

describe('settled records', () => {
  it('are parsed once for each text', () => {
    const records = new SettledRecords();
    const first = records.parse('Clock', clock(0));
    expect(records.parse('Clock', clock(0))).toBe(first);
    expect(records.parse('Clock', clock(60_000)).offsetMs).toBe(60_000);
    expect(new SettledRecords().parse('Clock', clock(0))).not.toBe(first);
  });

  it('cannot be changed by the call that reads them', () => {
    const record = new SettledRecords().parse('Clock', clock(0));
    expect(() => Object.assign(record, { offsetMs: 1 })).toThrow(TypeError);
  });

  it('are refused each time when the text is none of theirs', () => {
    const records = new SettledRecords();
    for (let i = 0; i < 2; i++) expect(() => records.parse('Clock', '{"schema":1}')).toThrow();
  });
});
