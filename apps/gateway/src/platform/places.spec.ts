import { readConsortium } from '@tallystick/network';
import { readSettings } from '../config/config';
import { placesOf } from './places';

describe('the places of a trial’s organisations', () => {
  const settings = readSettings({ PORT: '18080', TALLYSTICK_HOME: '/trial', HOST: '127.0.0.1' });

  it('have a folder and a port each, the operator’s the one that was asked for', async () => {
    const consortium = readConsortium();
    const places = await placesOf({ ...consortium, organisations: [...consortium.organisations].reverse() }, settings);
    expect(places.map(({ msp, port }) => [msp, port])).toEqual([
      ['OperatorMSP', 18_080],
      ['BankBMSP', 18_081],
      ['BankAMSP', 18_082],
      ['CoreMSP', 18_083],
    ]);
    expect(places.map(({ home }) => home)).toContain('/trial/CoreMSP');
  });

  it('of banks have a paying service, each with a port and a token of its own', async () => {
    const banks = (await placesOf(readConsortium(), settings)).flatMap(({ msp, bank }) =>
      bank ? [{ msp, ...bank }] : [],
    );
    expect(banks.map(({ msp, port }) => [msp, port])).toEqual([
      ['BankAMSP', 18_084],
      ['BankBMSP', 18_085],
    ]);
    expect(new Set(banks.map(({ token }) => token)).size).toBe(2);
  });

  it('are on free ports when none is asked for', async () => {
    const places = await placesOf(readConsortium(), { ...settings, port: 0 });
    const ports = places.flatMap(({ port, bank }) => [port, ...(bank === null ? [] : [bank.port])]);
    expect(new Set(ports).size).toBe(6);
    expect(ports.every((port) => port > 1024)).toBe(true);
  });
});
