import { noOpenings, type Bundle, type RecordType } from '@tallystick/protocol';
import type { State } from '../state/state';
import { applyFor, behindOf, invite, type Invited } from '../testing/cash';
import { Consortium } from '../testing/consortium';
import { activeCertificate, grantLine } from '../testing/trade';
import { requireDeposited } from './deposited';

/** In the consortium of the tests every bank is witness or stand-in: the invited one is said to be at home here. */
const STRANGER = 'BankCMSP';

describe('a deposit to a bank that is only invited', () => {
  let consortium: Consortium;
  let invited: Invited;
  let state: State;
  beforeAll(async () => {
    consortium = await Consortium.open();
    const creditor = consortium.firms.suppliers[0]!;
    const active = await activeCertificate(consortium, await grantLine(consortium), { creditor, faceFen: 1_000_00n });
    invited = await invite(consortium, await applyFor(consortium, active, creditor, 600_00n), consortium.firms.bankB);
    const invitation = await consortium.record('Invitation', invited.invitation.invitation);
    state = {
      get: (type: RecordType, ...parts: string[]) =>
        type === 'Invitation'
          ? Promise.resolve({ ...invitation, bankHost: STRANGER })
          : consortium.record(type, ...parts),
      find: (type: 'Instruction', key: string) => consortium.record(type, key),
      order: (_: string, id: string) => consortium.record('Order', id),
    } as unknown as State;
  });
  afterAll(() => consortium.close());

  const give = (instructions: Bundle['instructions'], withInvitation = true): Promise<void> => {
    const invitations = withInvitation ? [invited.invitation] : [];
    const openings = { ...noOpenings(), invitations, holdings: [invited.holding] };
    return requireDeposited(state, { v: 1, instructions, openings }, STRANGER);
  };

  it('brings the piece with the instructions behind it, and not without', async () => {
    const behind = await behindOf(consortium, invited.holding);
    await expect(give(behind)).resolves.toBeUndefined();
    for (const less of [[], behind.slice(1), behind.slice(0, 1)]) {
      await expect(give(less)).rejects.toMatchObject({ code: 'OPENING_MISMATCH' });
    }
  });

  it('brings no piece without the invitation', async () => {
    const behind = await behindOf(consortium, invited.holding);
    await expect(give(behind, false)).rejects.toMatchObject({ code: 'COLLECTION_FORBIDDEN' });
  });
});
