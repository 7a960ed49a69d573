import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beginAnewIfUnfinished, claimHome } from './seeding';

describe('the data folder of a trial', () => {
  let home: string;
  const at = (name: string): string => path.join(home, name);
  beforeEach(() => {
    home = mkdtempSync(path.join(tmpdir(), 'tallystick-home-'));
  });
  afterEach(() => {
    rmSync(home, { recursive: true, force: true });
  });

  it('belongs to one kind of ledger', () => {
    claimHome(home, 'fabric');
    claimHome(home, 'fabric');
    expect(() => {
      claimHome(home, 'embedded');
    }).toThrow(/trial on the fabric ledger/);
  });

  it('with data from before there was a choice belongs to the embedded ledger', () => {
    mkdirSync(at('postgres'));
    expect(() => {
      claimHome(home, 'fabric');
    }).toThrow(/trial on the embedded ledger/);
    claimHome(home, 'embedded');
  });

  it('is emptied when its first start was cut short, but for the starter’s own marks', async () => {
    claimHome(home, 'fabric');
    for (const folder of ['postgres', 'CoreMSP']) mkdirSync(at(folder));
    writeFileSync(at('.tallystick-home'), '');
    expect(await beginAnewIfUnfinished(home)).toBe(true);
    expect(['postgres', 'CoreMSP', 'ledger', '.tallystick-home'].map((name) => existsSync(at(name)))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('is kept once its past is told', async () => {
    mkdirSync(at('postgres'));
    writeFileSync(at('seeded'), '');
    expect(await beginAnewIfUnfinished(home)).toBe(false);
    expect(existsSync(at('postgres'))).toBe(true);
  });
});
