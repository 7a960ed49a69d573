/** The part of fabric-shim that routes calls to contracts; its public types leave it out. */
declare module 'fabric-shim/lib/contract-spi/chaincodefromcontract' {
  import type { ChaincodeInterface } from 'fabric-shim';

  const ChaincodeFromContract: new (
    contractClasses: (new () => object)[],
    serializers: { transaction: string; serializers: Record<string, unknown> },
    metadata: object,
    title: string,
    version: string,
  ) => ChaincodeInterface;
  export = ChaincodeFromContract;
}
