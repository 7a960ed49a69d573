import { Controller, Get, Param, Query } from '@nestjs/common';
import type { CertificateOpening, HoldingOpening } from '@tallystick/protocol';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { LockKeeper } from '../holdings/lock-keeper';
import { PageQuery } from '../paging/cursor';
import { PaymentShape, presentPayments } from '../settlements/payment.view';
import { Reader } from '../read-model/reader.service';
import { listOf } from '../read-model/shapes';
import type { Filter, View } from '../read-model/view';
import {
  CERTIFICATE_PHASES,
  CertificateShort,
  CertificateTermsShape,
  presentCertificates,
  presentTerms,
} from './certificate.view';
import { HistoryEntry, historyOf } from './history';
import { phaseFilter } from './phase-filter';
import { StripPart, stripOf } from './strip';

const CertificateShape = CertificateShort.extend({
  issuerOrg: z.string(),
  line: z.string(),
  witness: z.string(),
  standIn: z.string(),
  rulePack: z.string(),
  terms: CertificateTermsShape.optional(),
  undertakings: z.array(z.strictObject({ role: z.string(), keyId: z.string(), sig: z.string() })),
  strip: z.array(StripPart),
  history: z.array(HistoryEntry),
  payments: z.array(PaymentShape),
  verified: z.strictObject({ instruction: z.boolean(), opening: z.boolean(), believed: z.boolean() }),
});

class CertificatePage extends createZodDto(listOf(CertificateShort)) {}
class CertificateDetail extends createZodDto(CertificateShape) {}

const Day = z.iso.date();
class CertificatesQuery extends createZodDto(
  z.strictObject({
    ...PageQuery,
    role: z.enum(['issued', 'received', 'held', 'paid']).optional(),
    state: z.enum(CERTIFICATE_PHASES).optional(),
    q: z.string().trim().min(1).max(60).optional(),
    dueFrom: Day.optional(),
    dueTo: Day.optional(),
  }),
) {}

const ROLES = { issued: ['issuer'], received: ['creditor'], held: ['holder'], paid: ['witness'] } as const;

/** Certificates that the caller's member issued, received, holds a part of or pays; nobody else's exist for it. */
@Controller('certificates')
export class CertificatesQueriesController {
  constructor(private readonly reader: Reader) {}

  @Get()
  @Requires()
  @ZodResponse({ type: CertificatePage })
  list(@CurrentCaller() caller: Caller, @Query() query: CertificatesQuery) {
    return this.reader.read(caller, async (view) => {
      const { limit, cursor, ...filters } = query;
      const name = `certificates/${JSON.stringify(filters)}`;
      const { rows, nextCursor } = await view.page<'Certificate', CertificateOpening>(
        'Certificate',
        filterOf(query, view),
        { name, limit, cursor },
      );
      return { items: await presentCertificates(view, rows), nextCursor };
    });
  }

  @Get(':id')
  @Requires()
  @ZodResponse({ type: CertificateDetail })
  get(@CurrentCaller() caller: Caller, @Param('id') id: string) {
    return this.reader.read(caller, (view) => detail(view, id));
  }
}

function filterOf({ role, state, q, dueFrom, dueTo }: CertificatesQuery, view: View): Filter {
  const filter: Filter = { where: [], values: [] };
  const add = (condition: string, ...values: unknown[]): void => {
    filter.where.push(condition);
    filter.values.push(...values);
  };
  if (role !== undefined) add('s.roles && ?', ROLES[role]);
  if (dueFrom !== undefined) add('s.sort >= ?', dueFrom);
  if (dueTo !== undefined) add('s.sort <= ?', dueTo);
  if (state !== undefined) {
    const { where, values } = phaseFilter(state, view.facts);
    add(where, ...values);
  }
  if (q !== undefined) {
    const like = `%${q.replace(/[\\%_]/g, (each) => `\\${each}`)}%`;
    add(
      `(('TS' || replace(r.body #>> '{public,issuedOn}', '-', '') || '-' || upper(left(split_part(s.ref, '/', 2), 8))) ILIKE ?
        OR EXISTS (SELECT 1 FROM record m WHERE m.org = s.org AND m.type = 'Member'
          AND m.ref IN ('Member/' || (r.body #>> '{public,issuer}'), 'Member/' || (o.body #>> '{terms,firstCreditor}'))
          AND (m.body ->> 'name' ILIKE ? OR m.body ->> 'nameEn' ILIKE ?)))`,
      like,
      like,
      like,
    );
  }
  return filter;
}

async function detail(view: View, id: string): Promise<z.infer<typeof CertificateShape>> {
  const row = await view.one<'Certificate', CertificateOpening>('Certificate', id);
  const [short] = await presentCertificates(view, [row]);
  if (short === undefined) throw new Error('a certificate is presented');
  const { record, opening } = row;
  const rules = await view.rulesOf(record);
  const holdings = await view.within<'Holding', HoldingOpening>('Holding', id);
  const locks = await LockKeeper.of(view, holdings);
  const party = await view.parties(holdings.map((each) => each.opening?.owner));
  const { issuerOrg, line, witness, standIn, rulePack, dueDate } = record.public;
  return {
    ...short,
    issuerOrg,
    line,
    witness,
    standIn,
    rulePack,
    ...(opening !== null && { terms: presentTerms(opening, dueDate, rules) }),
    undertakings: record.undertakings,
    strip: stripOf(opening, holdings, view.caller.member, ({ record: holding }) => locks.live(holding) !== null, party),
    history: await historyOf(view, id),
    payments: await presentPayments(view, { where: ['s.scope = ?'], values: [id] }),
    verified: { instruction: row.proved, opening: short.opening === 'present', believed: row.counterfeit === null },
  };
}
