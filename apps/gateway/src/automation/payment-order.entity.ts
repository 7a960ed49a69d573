import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** `funding`: an issuer's money for a settlement; `payout`: a holder's share; `disbursement`: the net amount of a financing. */
export type PaymentKind = 'funding' | 'payout' | 'disbursement';

/** An order to a paying bank, written before it is sent, so that it is sent once though the process dies anywhere. */
@Entity('payment_orders')
@Unique('payment_orders_once', ['org', 'kind', 'subject', 'attempt'])
export class PaymentOrderRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'payment_orders_pk' })
  org!: string;

  @Column('text', { nullable: true })
  member!: string | null;

  @PrimaryColumn('text', { name: 'end_to_end_id', primaryKeyConstraintName: 'payment_orders_pk' })
  endToEndId!: string;

  /** Organisation whose paying service executes it. */
  @Column('text')
  bank!: string;

  @Column('text')
  kind!: PaymentKind;

  /** What it is for: an order's id, or `order/page/holding`. */
  @Column('text')
  subject!: string;

  /** What came back is sent again under another reference. */
  @Column('integer')
  attempt!: number;

  /** pain.001, as it is sent. */
  @Column('text')
  file!: string;

  @Column('text', { name: 'amount_fen' })
  amountFen!: string;

  @Column('text')
  state!: 'ready' | 'sending' | 'sent' | 'credited' | 'rejected' | 'returned';

  @Column('text', { name: 'received_fen', nullable: true })
  receivedFen!: string | null;

  @Column('text', { name: 'booked_on', nullable: true })
  bookedOn!: string | null;

  @Column('text', { name: 'bank_reference', nullable: true })
  bankReference!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
