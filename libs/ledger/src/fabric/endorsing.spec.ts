import { type Endorsed, PeerProblem } from './client';
import { endorse, type Endorsing } from './endorsing';
import { Heights } from './heights';

const endorsed: Endorsed = {
  result: 'done',
  order: () => Promise.resolve(),
  ended: () => Promise.resolve({ blockNumber: 1n, code: 0 }),
};
const threw = (mspId: string) => new PeerProblem('threw', '{"code":"NO","details":{}}', mspId);
const problem = (kind: PeerProblem['kind'], mspId: string | null) => new PeerProblem(kind, kind, mspId);

/** An endorsing whose peers give these answers one after the other, the last one for ever. */
function trial(answers: (Endorsed | PeerProblem[])[], change: Partial<Endorsing> & { heights?: Heights } = {}) {
  let asked = 0;
  const heightsAsked: string[] = [];
  const endorsing: Endorsing = {
    proposal: {
      txId: 't1',
      endorsers: ['CoreMSP', 'BankAMSP'],
      endorse: () => {
        const answer = answers[Math.min(asked, answers.length - 1)] ?? [];
        asked += 1;
        return Promise.resolve(answer);
      },
    },
    ownMspId: 'OperatorMSP',
    heights: new Heights((mspId) => {
      heightsAsked.push(mspId);
      return Promise.resolve(8n);
    }),
    times: { endorseMs: 100, heightMs: 50 },
    probe: () => Promise.resolve(),
    ...change,
  };
  return { endorsing, heightsAsked, timesAsked: () => asked };
}

describe('endorsing', () => {
  it('takes what all endorse', async () => {
    const { endorsing, timesAsked } = trial([endorsed]);
    expect(await endorse(endorsing, {})).toBe(endorsed);
    expect(timesAsked()).toBe(1);
  });

  it('without an endorser asks nobody', async () => {
    const { endorsing, timesAsked } = trial([endorsed]);
    endorsing.proposal = { ...endorsing.proposal, endorsers: [] };
    expect(await endorse(endorsing, {})).toMatchObject({ cause: 'unavailable' });
    expect(timesAsked()).toBe(0);
  });

  it('believes a refusal only of peers that have what the furthest has, the own one included', async () => {
    const { endorsing, timesAsked, heightsAsked } = trial([[threw('CoreMSP'), threw('BankAMSP')], endorsed]);
    expect(await endorse(endorsing, {})).toBe(endorsed);
    expect(timesAsked()).toBe(2);
    expect(new Set(heightsAsked)).toEqual(new Set(['CoreMSP', 'BankAMSP', 'OperatorMSP']));
  });

  it('believes a refusal that is repeated', async () => {
    const { endorsing, timesAsked } = trial([[threw('CoreMSP'), threw('BankAMSP')]]);
    expect(await endorse(endorsing, {})).toMatchObject({ cause: 'refused', refusal: { code: 'NO' } });
    expect(timesAsked()).toBe(2);
  });

  it('believes a refusal at once when the endorsers had reached what the call depends on', async () => {
    const { endorsing, timesAsked } = trial([[threw('CoreMSP'), threw('BankAMSP')]]);
    expect(await endorse(endorsing, { afterBlock: 7n })).toMatchObject({ cause: 'refused' });
    expect(timesAsked()).toBe(1);
  });

  it('asks nobody before all have reached what the call depends on', async () => {
    const { endorsing, timesAsked } = trial([endorsed]);
    const said = await endorse(endorsing, { afterBlock: 8n });
    expect(said).toMatchObject({ cause: 'behind', organisations: ['CoreMSP', 'BankAMSP'] });
    expect(timesAsked()).toBe(0);
  });

  it('asks again, bounded, when endorsers disagree', async () => {
    const once = trial([[problem('mismatch', 'BankAMSP')], endorsed]);
    expect(await endorse(once.endorsing, { afterBlock: 1n })).toBe(endorsed);
    const always = trial([[problem('mismatch', 'BankAMSP')]]);
    expect(await endorse(always.endorsing, {})).toMatchObject({ cause: 'mismatch' });
    expect(always.timesAsked()).toBe(6);
  });

  it('names who stays behind when endorsers disagree', async () => {
    const ask = (mspId: string) => Promise.resolve(mspId === 'BankAMSP' ? 3n : 8n);
    const { endorsing } = trial([[threw('BankAMSP')]], { heights: new Heights(ask) });
    expect(await endorse(endorsing, {})).toMatchObject({ cause: 'behind', organisations: ['BankAMSP'] });
  });

  it('asks a busy peer again, and says in the end that it is not available', async () => {
    const once = trial([[problem('busy', 'BankAMSP')], endorsed]);
    expect(await endorse(once.endorsing, {})).toBe(endorsed);
    const always = trial([[problem('busy', 'BankAMSP')]]);
    const said = await endorse(always.endorsing, {});
    expect(said).toMatchObject({ cause: 'unavailable', organisations: ['BankAMSP'] });
  });

  it('does not ask again who is down', async () => {
    const { endorsing, timesAsked } = trial([[problem('unavailable', 'BankAMSP')]]);
    expect(await endorse(endorsing, {})).toMatchObject({ cause: 'unavailable', organisations: ['BankAMSP'] });
    expect(timesAsked()).toBe(1);
  });

  it('finds out who hangs when the client does not say', async () => {
    const probe = (mspId: string) =>
      mspId === 'BankAMSP' ? Promise.reject(problem('unavailable', null)) : Promise.reject(threw(mspId));
    const { endorsing } = trial([[problem('unavailable', null)]], { probe });
    expect(await endorse(endorsing, {})).toMatchObject({ cause: 'unavailable', organisations: ['BankAMSP'] });
  });

  it('names the own organisation when its peer cannot pass the question on', async () => {
    const ask = (mspId: string) =>
      mspId === 'OperatorMSP' ? Promise.reject(problem('unavailable', mspId)) : Promise.resolve(8n);
    const { endorsing } = trial([[problem('unavailable', null)]], { heights: new Heights(ask) });
    expect(await endorse(endorsing, {})).toMatchObject({ cause: 'unavailable', organisations: ['OperatorMSP'] });
  });

  it('calls an endorser that tells no height unavailable, not behind', async () => {
    const ask = (mspId: string) =>
      mspId === 'BankAMSP' ? Promise.reject(problem('unavailable', mspId)) : Promise.resolve(8n);
    const { endorsing } = trial([endorsed], { heights: new Heights(ask) });
    const said = await endorse(endorsing, { afterBlock: 1n });
    expect(said).toMatchObject({ cause: 'unavailable', organisations: ['BankAMSP'] });
  });
});
