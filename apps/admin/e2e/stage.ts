import type { OperationKind } from '@tallystick/protocol';
import { displayAmount } from '@tallystick/domain';
import { MEMBERS, type Cast, type Newcomer, type Player } from './cast';
import type { Desk } from './desk';

/** Where one story is played: the certificate it is about, who plays, and the ways everybody knows. */
export class Stage {
  certificateNo = '';
  dueDate = '';

  constructor(
    readonly cast: Cast,
    readonly core: Newcomer,
  ) {}

  maker(player: Player): Promise<Desk> {
    return this.cast.at(`${player}.maker`);
  }

  async checked(player: Player, kind: OperationKind): Promise<Desk> {
    const desk = await this.cast.at(`${player}.checker`);
    await desk.checks(kind);
    return desk;
  }

  coreMaker(): Promise<Desk> {
    return this.cast.at('core.maker', this.core.maker);
  }

  async coreChecks(kind: OperationKind): Promise<void> {
    await (await this.cast.at('core.checker', this.core.checker)).checks(kind);
  }

  coreName(): string {
    return this.cast.language === 'zh' ? this.core.name : this.core.nameEn;
  }

  async openCertificate(desk: Desk): Promise<void> {
    await desk.goTo('frame.menu.issued');
    await desk.page.getByRole('tab', { name: desk.say('certificate.list.all'), exact: true }).click();
    await desk.openRow(this.certificateNo);
  }

  async openHolding(desk: Desk, fen: bigint): Promise<void> {
    const portfolio = desk.page.getByRole('menuitem', { name: desk.say('frame.menu.portfolio'), exact: true });
    await desk.goTo((await portfolio.count()) > 0 ? 'frame.menu.portfolio' : 'frame.menu.holdings');
    await desk.page.getByRole('tab', { name: desk.say('holding.all'), exact: true }).click();
    await desk.openRow(this.certificateNo, displayAmount(fen));
  }

  /** A member's name in the language of the desk. */
  async nameOf(desk: Desk, player: Player): Promise<string> {
    const answer = await desk.page.request.get(`/api/v1/members/${MEMBERS[player]}`);
    const { name, nameEn } = (await answer.json()) as { name: string; nameEn: string };
    return desk.language === 'zh' ? name : nameEn;
  }
}
