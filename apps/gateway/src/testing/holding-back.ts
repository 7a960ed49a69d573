import type { Call, Ledger, LedgerNetwork, SubmitResult } from '@tallystick/ledger';

/** A network that keeps endorsed transactions of chosen calls from being ordered until they are let go. */
export class HoldingBack {
  private readonly held = new Map<string, { gate: Promise<void>; open: () => void }>();

  constructor(private readonly network: LedgerNetwork) {}

  /** Holds back what comes from now on. @param call `contract.fn` */
  hold(call: string): void {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    this.held.set(call, { gate, open });
  }

  letGo(call: string): void {
    this.held.get(call)?.open();
    this.held.delete(call);
  }

  ledgerFor(msp: string): Ledger {
    const ledger = this.network.ledgerFor(msp);
    return new Proxy(ledger, {
      get: (target, name) => {
        if (name === 'submit') return (call: Call) => this.submit(target, call);
        const value = Reflect.get(target, name, target) as unknown;
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  }

  private submit(ledger: Ledger, call: Call): Promise<SubmitResult> {
    const { onEndorsed, ...rest } = call;
    return ledger.submit({
      ...rest,
      onEndorsed: async (txId) => {
        await onEndorsed?.(txId);
        await this.held.get(`${call.contract}.${call.fn}`)?.gate;
      },
    });
  }
}
