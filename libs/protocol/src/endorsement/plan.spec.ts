import { EndorsersUnavailable, planFixedCall, planPublicCall, type NetworkView } from './plan';

const network = (...down: string[]): NetworkView => ({
  organisations: ['OperatorMSP', 'CoreMSP', 'BankAMSP', 'BankBMSP'],
  authorities: ['BankAMSP', 'BankBMSP'],
  down: new Set(down),
});

describe('the plan of a call between two organisations', () => {
  it('asks both, and both read', () => {
    const both = ['BankBMSP', 'OperatorMSP'];
    expect(planFixedCall(['OperatorMSP', 'BankBMSP'], network())).toEqual({ endorsers: both, readers: both });
  });

  it('asks another authority too when both are one: the key’s policy names one beside it', () => {
    const plan = { endorsers: ['BankAMSP', 'BankBMSP'], readers: ['BankBMSP'] };
    expect(planFixedCall(['BankBMSP', 'BankBMSP'], network())).toEqual(plan);
    expect(() => planFixedCall(['BankBMSP', 'BankBMSP'], network('BankAMSP'))).toThrow(EndorsersUnavailable);
  });

  it('adds an authority to two that are none', () => {
    const { endorsers, readers } = planFixedCall(['OperatorMSP', 'CoreMSP'], network('BankAMSP'));
    expect(endorsers).toEqual(['BankBMSP', 'CoreMSP', 'OperatorMSP']);
    expect(readers).toEqual(['CoreMSP', 'OperatorMSP']);
  });

  it('names who is down', () => {
    expect(() => planFixedCall(['OperatorMSP', 'BankBMSP'], network('BankBMSP'))).toThrow('BankBMSP');
  });
});

describe('the plan of a call on public records', () => {
  it('asks an authority and one other, whoever answers', () => {
    expect(planPublicCall(['BankBMSP'], network('BankAMSP')).endorsers).toEqual(['BankBMSP', 'OperatorMSP']);
    expect(planPublicCall(['CoreMSP'], network()).endorsers).toEqual(['BankAMSP', 'CoreMSP']);
    expect(() => planPublicCall(['CoreMSP'], network('BankAMSP', 'BankBMSP'))).toThrow(EndorsersUnavailable);
  });
});
