import type { Operation } from '@tallystick/protocol';
import { Firm } from './firm';
import { NotRecorded, type Session } from './session';

/** A firm whose one signature suffices, at a gateway that answers so, draft after draft. */
function firmAt(outcomes: readonly (string | null)[]): { firm: Firm; drafts: () => number } {
  let drafts = 0;
  const ended = () => {
    const code = outcomes[drafts - 1] ?? null;
    const refusal = code === null ? null : { code, details: {} };
    const state = code === null ? 'recorded' : 'refused';
    return Promise.resolve({ id: String(drafts), kind: 'sample', state, needs: [], steps: [{ refusal }] });
  };
  const draft = () => Promise.resolve({ id: String(++drafts) });
  const maker = { draft, sign: ended, settled: ended } as unknown as Session;
  return { firm: new Firm({ maker, checker: maker }), drafts: () => drafts };
}

describe('a command', () => {
  it('is signed anew when a record changed meanwhile', async () => {
    const { firm, drafts } = firmAt(['EXPECTATION_FAILED', null]);
    const operation: Operation = await firm.command('/sample');
    expect([operation.state, operation.id, drafts()]).toEqual(['recorded', '2', 2]);
    expect(firm.last).toBe(operation);
  });

  it('is given up when records never stand still', async () => {
    const { firm, drafts } = firmAt(['EXPECTATION_FAILED', 'EXPECTATION_FAILED', 'EXPECTATION_FAILED', null]);
    await expect(firm.command('/sample')).rejects.toThrow(NotRecorded);
    expect(drafts()).toBe(3);
  });

  it('is not tried again when the ledger says no', async () => {
    const { firm, drafts } = firmAt(['LINE_EXCEEDED', null]);
    await expect(firm.command('/sample')).rejects.toMatchObject({ code: 'LINE_EXCEEDED' });
    expect(drafts()).toBe(1);
  });
});
