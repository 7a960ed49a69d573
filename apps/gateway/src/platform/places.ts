import type { Consortium } from '@tallystick/network';
import { freePorts } from '@tallystick/network';
import { randomHex } from '@tallystick/crypto';
import path from 'node:path';
import type { Settings } from '../config/config';

/** Where one organisation of a trial on this machine has what is its own. */
export interface Place {
  msp: string;
  /** Folder with its keys, passwords and logs, and nobody else's. */
  home: string;
  port: number;
  /** Address of its gateway. */
  url: string;
  /** Its paying service, if it is a bank. */
  bank: { port: number; url: string; token: string } | null;
}

/** The organisations' places: the operator's first, on consecutive ports; the banks' paying services after the gateways. */
export async function placesOf(consortium: Consortium, { home, host, port }: Settings): Promise<Place[]> {
  const { operatorMsp, organisations } = consortium;
  const ordered = [...organisations].sort((a, b) => Number(b.msp === operatorMsp) - Number(a.msp === operatorMsp));
  const banks = ordered.filter(({ authority }) => authority);
  const first = port === 0 ? await freePorts(ordered.length + banks.length) : port;
  return ordered.map(({ msp, authority }, index) => {
    const own = first + index;
    const paying = first + ordered.length + banks.findIndex((bank) => bank.msp === msp);
    const address = (at: number): string => `http://${host}:${String(at)}`;
    return {
      msp,
      home: path.join(home, msp),
      port: own,
      url: address(own),
      bank: authority ? { port: paying, url: `http://127.0.0.1:${String(paying)}`, token: randomHex(32) } : null,
    };
  });
}
