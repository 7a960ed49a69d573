import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Programs } from '../programs';
import { run } from '../run';
import type { ChannelConfig } from './channel-config';

/** Fabric's translator between its own form and JSON, in a folder for what lies between. */
export class Configtxlator {
  constructor(
    private readonly programs: Programs,
    private readonly folder: string,
  ) {}

  /** The configuration that a configuration block brings. */
  async configOf(blockFile: string): Promise<ChannelConfig> {
    const block = (await this.decode('common.Block', blockFile)) as {
      data: { data: { payload: { data: { config: ChannelConfig } } }[] };
    };
    const [transaction] = block.data.data;
    if (transaction === undefined) throw new Error(`${blockFile} holds no configuration`);
    return transaction.payload.data.config;
  }

  /**
   * A transaction that makes one configuration of another, to be signed by those whom the channel asks.
   * @returns its file
   */
  async update(channel: string, current: ChannelConfig, next: ChannelConfig): Promise<string> {
    const [original, updated] = [await this.encode('current', current), await this.encode('next', next)];
    const difference = this.file('difference.pb');
    const files = [`--original=${original}`, `--updated=${updated}`, `--output=${difference}`];
    await run(this.programs.paths.configtxlator, ['compute_update', `--channel_id=${channel}`, ...files]);
    const update = await this.decode('common.ConfigUpdate', difference);
    // 2: a transaction that changes the configuration.
    const header = { channel_header: { channel_id: channel, type: 2 } };
    const envelope = { payload: { header, data: { config_update: update } } };
    return this.encode('update', envelope, 'common.Envelope');
  }

  private async decode(type: string, file: string): Promise<unknown> {
    const output = this.file(`${path.basename(file)}.json`);
    const args = ['proto_decode', `--type=${type}`, `--input=${file}`, `--output=${output}`];
    await run(this.programs.paths.configtxlator, args);
    return JSON.parse(readFileSync(output, 'utf8'));
  }

  private async encode(name: string, value: object, type = 'common.Config'): Promise<string> {
    const input = this.file(`${name}.json`);
    writeFileSync(input, JSON.stringify(value));
    const output = this.file(`${name}.pb`);
    const args = ['proto_encode', `--type=${type}`, `--input=${input}`, `--output=${output}`];
    await run(this.programs.paths.configtxlator, args);
    return output;
  }

  private file(name: string): string {
    return path.join(this.folder, name);
  }
}
