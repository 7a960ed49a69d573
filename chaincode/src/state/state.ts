import { canonicalBytes } from '@tallystick/crypto';
import { recordKey, type RecordType } from '@tallystick/protocol';
import type { Context } from 'fabric-contract-api';
import { Refused } from '../refusal/refused';
import type { KeyPolicy } from './key-policy';
import { RECORD_SCHEMAS, type OrderOf, type RecordOf } from './record-schemas';
import { SettledRecords } from './settled-records';

type Stub = Context['stub'];
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The channel state as typed records: parsed on read, canonical JSON on write. A ledger never shows a transaction its own
 * writes, so reading or writing a key that this transaction wrote is a fault of ours and throws.
 */
export class State {
  private readonly reads = new Map<string, Promise<string | null>>();
  private readonly written = new Set<string>();

  constructor(
    private readonly stub: Stub,
    private readonly settled: SettledRecords = new SettledRecords(),
  ) {}

  /** Keys written so far, sorted: public, they stand in the event. */
  get keys(): string[] {
    return [...this.written].sort();
  }

  /** The record, or null when the key holds nothing. */
  async find<T extends RecordType>(type: T, ...parts: string[]): Promise<RecordOf<T> | null> {
    const text = await this.text(recordKey(type, ...parts));
    return text === null ? null : this.settled.parse(type, text);
  }

  /** @throws Refused RECORD_NOT_FOUND */
  async get<T extends RecordType>(type: T, ...parts: string[]): Promise<RecordOf<T>> {
    const record = await this.find(type, ...parts);
    if (record === null) throw new Refused('RECORD_NOT_FOUND', { record: type, id: parts.join('/') });
    return record;
  }

  /** An order of the kind named. @throws Refused RECORD_NOT_FOUND, also for an order of another kind */
  async order<K extends RecordOf<'Order'>['kind']>(kind: K, id: string): Promise<OrderOf<K>> {
    const order = await this.get('Order', id);
    if (order.kind !== kind) throw new Refused('RECORD_NOT_FOUND', { record: 'Order', id });
    return order as OrderOf<K>;
  }

  /** The text under a key as it stands, or null. */
  text(key: string): Promise<string | null> {
    if (this.written.has(key)) throw new Error(`read of a key written in this transaction: ${printable(key)}`);
    const known = this.reads.get(key);
    if (known !== undefined) return known;
    const reading = this.stub.getState(key).then((bytes) => (bytes.length === 0 ? null : decoder.decode(bytes)));
    this.reads.set(key, reading);
    return reading;
  }

  /**
   * Writes a new record under a policy of its own, or under the chaincode's. The caller knows that the key is free: its id
   * derives from this call's instruction, whose own key was read, or it was read and found empty.
   */
  async create<T extends RecordType>(type: T, parts: string[], record: RecordOf<T>, policy: KeyPolicy): Promise<void> {
    const key = await this.put(type, parts, record);
    if (policy !== 'chaincode') await this.stub.setStateValidationParameter(key, policy);
  }

  /** Writes a record that exists; its policy stays. */
  async update<T extends RecordType>(type: T, parts: string[], record: RecordOf<T>): Promise<void> {
    await this.put(type, parts, record);
  }

  private async put<T extends RecordType>(type: T, parts: string[], record: RecordOf<T>): Promise<string> {
    const key = recordKey(type, ...parts);
    if (this.written.has(key)) throw new Error(`second write of a key in one transaction: ${printable(key)}`);
    this.written.add(key);
    await this.stub.putState(key, canonicalBytes(RECORD_SCHEMAS[type].parse(record)));
    return key;
  }
}

const printable = (key: string): string => key.replaceAll('\0', '/');
