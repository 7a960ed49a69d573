import { Injectable } from '@nestjs/common';
import {
  decideAcceptTransfer,
  decideDeclineTransfer,
  decideOffer,
  decideWithdrawTransfer,
  offerDeadline,
  sizeFen,
  sumFen,
} from '@tallystick/domain';
import { certificateNo, type MemberRecord, type OrderOf, type TransferOpening } from '@tallystick/protocol';
import { z } from 'zod';
import type { Caller } from '../auth/caller';
import { Book } from '../operations/book';
import { authorOf, recordsSeen } from '../operations/drafting';
import { MemberField, unwrapFor } from '../operations/form-fields';
import { fenOf, moneyOf, PositiveMoney } from '../operations/money';
import { NetworkFacts, type Facts } from '../operations/network-facts';
import { OperationsService } from '../operations/operations.service';
import { Views, type SeenHolding } from '../operations/views';
import { RefusedError, unwrap } from '../problem/problem.error';

/** `POST /holdings/:id/transfers`. */
export const OfferForm = z.strictObject({
  receivers: z
    .array(
      z.strictObject({
        member: MemberField,
        amount: PositiveMoney,
        /** The trade behind this hop (77号). */
        background: z.strictObject({
          contractNo: z.string().trim().min(1).max(60),
          invoiceNo: z.string().trim().max(60).default(''),
          note: z.string().max(500).default(''),
        }),
      }),
    )
    .min(1)
    .max(50),
});
export type OfferForm = z.output<typeof OfferForm>;

/** Firms that trade: an operator or a regulator never holds a claim. */
const MAY_HOLD: readonly string[] = ['CORE', 'SUPPLIER', 'BANK'];

interface SeenOffer {
  facts: Facts;
  order: OrderOf<'transfer'>;
  opening: TransferOpening;
  piece: SeenHolding;
}

/** 流转: a holding is offered in pieces, and each offer is accepted, declined or taken back. */
@Injectable()
export class TransferCommands {
  constructor(
    private readonly operations: OperationsService,
    private readonly book: Book,
    private readonly views: Views,
    private readonly network: NetworkFacts,
  ) {}

  /** @throws RefusedError RECORD_NOT_FOUND, NOT_A_MEMBER, MEMBER_KIND, and as the domain's `decideOffer` */
  async offer(caller: Caller, id: string, form: OfferForm) {
    const facts = await this.network.at(caller.org);
    const holding = await this.views.holding(caller, facts, id);
    const receivers: MemberRecord[] = [];
    for (const [index, { member }] of form.receivers.entries()) {
      const field = `receivers.${String(index)}.member`;
      const record = await this.views.member(caller.org, member, field);
      if (!record.kinds.some((kind) => MAY_HOLD.includes(kind))) {
        throw new RefusedError({ code: 'MEMBER_KIND', details: { memberId: member, neededKind: 'SUPPLIER' }, field });
      }
      receivers.push(record);
    }
    const until = offerDeadline(holding.context);
    const amounts = form.receivers.map(({ amount }) => fenOf(amount));
    const pieces = receivers.map((receiver, index) => ({ receiver, amountFen: amounts[index] ?? 0n }));
    const command = { caller: caller.member, pieces, until };
    unwrapFor(decideOffer(holding.view, command, holding.context), inForm);
    const [only] = receivers;
    return this.operations.create(caller, {
      kind: 'transfer.offer',
      deadline: until,
      amountFen: sumFen(amounts),
      summary: {
        ...(receivers.length === 1 && only && { counterparty: await this.views.party(caller.org, only.id) }),
        amount: moneyOf(sumFen(amounts)),
        ...about(holding, 'holding', id),
      },
      form: { ...form },
      steps: [
        {
          contract: 'transfer',
          fn: 'offer',
          author: authorOf(facts, caller.member, holding.certificate.record.public.rulePack),
          ...seen(holding),
          input: {
            holding: holding.opening,
            to: form.receivers.map(({ member, background }, index) => ({
              receiver: member,
              receiverHost: receivers[index]?.host ?? '',
              amountFen: String(amounts[index] ?? 0n),
              background,
            })),
            until,
          },
        },
      ],
    });
  }

  /** @throws RefusedError RECORD_NOT_FOUND, and as the domain's `decideAcceptTransfer` */
  async accept(caller: Caller, id: string) {
    const offer = await this.load(caller, id);
    const { piece, order } = offer;
    unwrap(decideAcceptTransfer(viewOf(offer), piece.view, caller.member, piece.context));
    const input = { order: order.id, piece: piece.opening };
    return this.save(caller, 'accept', offer, {}, input);
  }

  /** @throws RefusedError RECORD_NOT_FOUND, and as the domain's `decideDeclineTransfer` */
  async decline(caller: Caller, id: string, reason: string) {
    const offer = await this.load(caller, id);
    unwrap(decideDeclineTransfer(viewOf(offer), caller.member, offer.facts.now));
    return this.save(caller, 'decline', offer, { reason }, { order: id, reason });
  }

  /** @throws RefusedError RECORD_NOT_FOUND, and as the domain's `decideWithdrawTransfer` */
  async withdraw(caller: Caller, id: string, reason: string) {
    const offer = await this.load(caller, id);
    unwrap(decideWithdrawTransfer(viewOf(offer), caller.member, offer.facts.now));
    return this.save(caller, 'withdraw', offer, { reason }, { order: id, reason });
  }

  private async load(caller: Caller, id: string): Promise<SeenOffer> {
    const facts = await this.network.at(caller.org);
    const order = await this.views.order(caller, 'transfer', id);
    const opening = (await this.book.opening(caller.org, 'Order', id)) as TransferOpening;
    return { facts, order, opening, piece: await this.views.holding(caller, facts, order.holding) };
  }

  private async save(
    caller: Caller,
    fn: 'accept' | 'decline' | 'withdraw',
    { facts, order, opening, piece }: SeenOffer,
    form: Record<string, unknown>,
    input: Record<string, unknown>,
  ) {
    const amountFen = sizeFen(piece.view);
    const other = opening.receiver === caller.member ? opening.sender : opening.receiver;
    const shown = seen(piece);
    return this.operations.create(caller, {
      kind: `transfer.${fn}`,
      deadline: order.until,
      amountFen,
      summary: {
        amount: moneyOf(amountFen),
        counterparty: await this.views.party(caller.org, other),
        ...about(piece, 'transfer', order.id),
      },
      form,
      steps: [
        {
          contract: 'transfer',
          fn,
          author: authorOf(facts, caller.member, piece.certificate.record.public.rulePack),
          known: shown.known,
          records: { ...shown.records, ...recordsSeen(['Order', order, order.id]) },
          input,
        },
      ],
    });
  }
}

const viewOf = ({ order, opening }: SeenOffer) => ({
  state: order.state,
  sender: opening.sender,
  receiver: opening.receiver,
  until: order.until,
});

/** What the signer of anything on a holding is shown, and relies on. */
export function seen({ record, opening, certificate }: SeenHolding) {
  const { id } = certificate.record.public;
  return {
    records: recordsSeen(['Holding', record, record.id], ['Certificate', certificate.record, id]),
    known: { holding: opening, certificate: certificate.opening },
  };
}

/** The subject of an operation on a holding. */
export function about({ certificate }: SeenHolding, type: string, id: string) {
  const { id: certificateId, issuedOn } = certificate.record.public;
  return { certificateNo: certificateNo(issuedOn, certificateId), subject: { type, id } };
}

/** The domain speaks of pieces, the form of receivers. */
const inForm = (field: string): string =>
  field
    .replace(/^pieces\b/u, 'receivers')
    .replace(/^(receivers\.\d+)$/u, '$1.member')
    .replace(/\.receiver$/u, '.member')
    .replace(/\.amountFen$/u, '.amount');
