import { randomInt } from 'node:crypto';
import path from 'node:path';
import { usccCheckCharacter } from '@tallystick/domain';
import type { Browser } from 'playwright-core';
import type { Language } from '../src/i18n';
import { Desk } from './desk';
import type { Login, Trial } from './trial';

/** A member that plays: its people sit at desks of their own, opened when they are first needed. */
export class Cast {
  private readonly desks = new Map<string, Desk>();

  constructor(
    private readonly browser: Browser,
    private readonly trial: Trial,
    readonly language: Language,
  ) {}

  /** The desk of a user of the trial, such as `river.maker`. */
  async at(user: string, login: Login = this.trial.login(user)): Promise<Desk> {
    const known = this.desks.get(user);
    if (known !== undefined) return known;
    const desk = await Desk.signedIn(this.browser, this.trial, this.language, login);
    this.desks.set(user, desk);
    return desk;
  }

  /** Somebody who is not signed in. */
  async stranger(address: string): Promise<Desk> {
    const desk = await Desk.visit(this.browser, this.trial.url, this.language, address);
    this.desks.set('stranger', desk);
    return desk;
  }

  /** What any of the browsers complained about, by user. */
  complaints(): Record<string, string[]> {
    return Object.fromEntries(
      [...this.desks]
        .filter(([, { complaints }]) => complaints.length > 0)
        .map(([user, { complaints }]) => [user, complaints]),
    );
  }

  /** Pictures of every desk as it stands, for whoever looks into a failure. */
  async picture(folder: string): Promise<void> {
    for (const [user, { page }] of this.desks) await page.screenshot({ path: path.join(folder, `${user}.png`) });
  }

  async close(): Promise<void> {
    await Promise.all([...this.desks.values()].map((desk) => desk.close()));
  }
}

/** Members of the trial that play, by what they do in the story; all names are invented. */
export const MEMBERS = {
  river: '91110000MA00BNKA1Y',
  mountain: '91310000MA00BNKB1D',
  casting1: '91320200MA00T1A01R',
  steel2: '91370200MA00T2A04Y',
  fastener2: '91410100MA00T2B05G',
  mould3: '91610100MA00T3A07M',
} as const;
export type Player = keyof typeof MEMBERS;

const CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** A core enterprise that joins in the story, with a credit code nobody has yet. */
export interface Newcomer {
  id: string;
  name: string;
  nameEn: string;
  maker: Login;
  checker: Login;
}

export function newcomer(): Newcomer {
  const letters = Array.from({ length: 5 }, () => CODE_ALPHABET.charAt(randomInt(CODE_ALPHABET.length))).join('');
  const first17 = `91440300MACN${letters}`;
  const user = `screen-${letters.toLowerCase()}`;
  return {
    id: first17 + (usccCheckCharacter(first17) ?? ''),
    name: `示例屏幕装备${letters}有限公司`,
    nameEn: `Sample Screens ${letters}`,
    maker: { user: `${user}.maker`, password: `maker of ${letters}` },
    checker: { user: `${user}.checker`, password: `checker of ${letters}` },
  };
}
