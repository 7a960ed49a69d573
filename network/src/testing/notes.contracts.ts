import { Contract, type Context } from 'fabric-contract-api';

/** A chaincode of the least: keeps notes by name. */
class NotesContract extends Contract {
  constructor() {
    super('notes');
  }

  async write(ctx: Context, name: string, text: string): Promise<void> {
    await ctx.stub.putState(name, Buffer.from(text));
  }

  async read(ctx: Context, name: string): Promise<string> {
    return Buffer.from(await ctx.stub.getState(name)).toString('utf8');
  }
}

export const contracts = [NotesContract];
