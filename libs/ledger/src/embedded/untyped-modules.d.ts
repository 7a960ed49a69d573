/** The parts of fabric-shim that Fabric's own chaincode process uses and its public types leave out. */
declare module 'fabric-shim/lib/stub' {
  import type { peer } from '@hyperledger/fabric-protos';
  import type { ChaincodeStub } from 'fabric-shim';

  interface RecordedEvent {
    getEventName(): string;
    getPayload_asU8(): Uint8Array;
  }

  interface ShimStub extends ChaincodeStub {
    chaincodeEvent?: RecordedEvent;
  }

  const Stub: new (
    handler: object,
    channelId: string,
    txId: string,
    input: peer.ChaincodeInput,
    signedProposal: peer.SignedProposal,
  ) => ShimStub;
  export = Stub;
}

declare module 'fabric-shim/lib/contract-spi/chaincodefromcontract' {
  interface Response {
    status: number;
    message?: string;
    payload?: Uint8Array;
  }

  class ChaincodeFromContract {
    constructor(
      contractClasses: (new () => object)[],
      serializers: { transaction: string; serializers: Record<string, unknown> },
    );
    Invoke(stub: object): Promise<Response>;
  }
  export = ChaincodeFromContract;
}

declare module 'fabric-shim/lib/logger' {
  const shimLogger: typeof import('fabric-contract-api/lib/logger');
  export = shimLogger;
}

declare module 'fabric-contract-api/lib/logger' {
  interface WinstonLogger {
    level: string;
    silent: boolean;
    exceptions: { unhandle(): void };
    [method: string]: unknown;
  }
  export function getLogger(name: string): WinstonLogger;
}
