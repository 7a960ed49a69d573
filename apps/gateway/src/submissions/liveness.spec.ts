import type { Book } from '../operations/book';
import { Liveness } from './liveness';

const organisations = ['OperatorMSP', 'CoreMSP', 'BankAMSP'].map((msp) => ({ msp, authority: msp === 'BankAMSP' }));
const book = { get: () => Promise.resolve({ organisations }) } as unknown as Book;

describe('who is left out of a plan', () => {
  const down = async (liveness: Liveness, org = 'OperatorMSP'): Promise<string[]> => [
    ...(await liveness.view(org)).down,
  ];

  it('is whoever did not answer, for a while', async () => {
    jest.useFakeTimers();
    const liveness = new Liveness(book);
    liveness.failed(['CoreMSP']);
    expect(await down(liveness)).toEqual(['CoreMSP']);
    jest.advanceTimersByTime(10_000);
    expect(await down(liveness)).toEqual([]);
    jest.useRealTimers();
  });

  it('is never our own organisation, which would not get its copy', async () => {
    const liveness = new Liveness(book);
    liveness.failed(['OperatorMSP', 'CoreMSP']);
    expect(await down(liveness)).toEqual(['CoreMSP']);
    expect(await down(liveness, 'CoreMSP')).toEqual(['OperatorMSP']);
  });

  it('is another of those that disagree each time, but not our own', async () => {
    const liveness = new Liveness(book);
    liveness.disagreed('OperatorMSP', ['BankAMSP', 'CoreMSP', 'OperatorMSP'], 1);
    expect(await down(liveness)).toEqual(['CoreMSP']);
  });
});
