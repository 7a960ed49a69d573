import { Contract, type Context } from 'fabric-contract-api';

/** The next version of the notes: reads what the first one wrote, and reads it aloud. */
class LoudNotesContract extends Contract {
  constructor() {
    super('notes');
  }

  async write(ctx: Context, name: string, text: string): Promise<void> {
    await ctx.stub.putState(name, Buffer.from(text));
  }

  async read(ctx: Context, name: string): Promise<string> {
    return Buffer.from(await ctx.stub.getState(name))
      .toString('utf8')
      .toUpperCase();
  }
}

export const contracts = [LoudNotesContract];
