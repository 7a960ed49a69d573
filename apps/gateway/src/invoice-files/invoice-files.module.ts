import { Controller, HttpCode, Module, Post, Req, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { Money } from '@tallystick/protocol';
import { text, type Request } from 'express';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { WithoutIdempotency } from '../idempotency/without-idempotency';
import { Book } from '../operations/book';
import { ProblemError } from '../problem/problem.error';
import { XmlError } from '../xml/xml';
import { fillIssueForm } from './issue-form';
import { NotAnInvoice, readUblInvoice, type UblInvoice } from './ubl-invoice';

class ReadInvoiceDto extends createZodDto(
  z.strictObject({
    form: z.strictObject({
      creditor: z.string().optional(),
      dueDate: z.string().optional(),
      contractNo: z.string().optional(),
      note: z.string().optional(),
      invoices: z.array(
        z.strictObject({
          number: z.string().optional(),
          date: z.string().optional(),
          grossAmount: Money.optional(),
          amount: Money.optional(),
          deliveredOn: z.string().optional(),
        }),
      ),
    }),
    found: z.array(z.string()),
    notices: z.array(z.strictObject({ code: z.string(), field: z.string(), message: z.string() })),
  }),
) {}

/** Fills the issue form from an invoice file; nothing is kept. */
@Controller('invoice-files')
export class InvoiceFilesController {
  constructor(private readonly book: Book) {}

  @Post()
  @HttpCode(200)
  @WithoutIdempotency()
  @Requires('maker', 'checker')
  @ApiConsumes('application/xml')
  @ApiBody({ schema: { type: 'string', description: 'UBL 2.1 Invoice or CreditNote, 1 MB at most' } })
  @ZodResponse({ type: ReadInvoiceDto, status: 200 })
  async read(@CurrentCaller() caller: Caller, @Req() request: Request) {
    const body: unknown = request.body;
    if (typeof body !== 'string') throw new ProblemError('MEDIA_TYPE_UNSUPPORTED');
    const members = await this.book.all(caller.org, 'Member');
    return fillIssueForm(readInvoice(body), caller, ({ ids }) =>
      members.find(({ id, lei }) => ids.includes(id) || (lei !== null && ids.includes(lei))),
    );
  }
}

function readInvoice(xml: string): UblInvoice {
  try {
    return readUblInvoice(xml);
  } catch (error) {
    if (error instanceof NotAnInvoice) throw new ProblemError('NOT_AN_INVOICE');
    if (error instanceof XmlError)
      throw new ProblemError(error.code === 'XML_TOO_LARGE' ? 'BODY_TOO_LARGE' : error.code);
    throw error;
  }
}

@Module({ controllers: [InvoiceFilesController] })
export class InvoiceFilesModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(text({ type: ['application/xml', 'text/xml'], limit: '1mb' })).forRoutes(InvoiceFilesController);
  }
}
