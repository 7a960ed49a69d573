import { useNodeVerifier } from '@tallystick/crypto/node';
import type { Contract } from 'fabric-contract-api';
import type { WallClock } from './authorisation/time';
import { CertificateContract } from './certificate/certificate.contract';
import { DepositContract } from './deposit/deposit.contract';
import { FinancingContract } from './financing/financing.contract';
import { InstructionContract } from './instruction/instruction.contract';
import { LineContract } from './line/line.contract';
import { MemberContract } from './member/member.contract';
import { NetworkContract } from './network/network.contract';
import { SettlementContract } from './settlement/settlement.contract';
import { TransferContract } from './transfer/transfer.contract';

// Every peer runs Node: OpenSSL verifies some 25 times faster than JavaScript, with the same answers.
useNodeVerifier();

const CONTRACTS: readonly (new (wallClock: WallClock) => Contract)[] = [
  NetworkContract,
  MemberContract,
  LineContract,
  CertificateContract,
  InstructionContract,
  DepositContract,
  TransferContract,
  FinancingContract,
  SettlementContract,
];

/** The chaincode's contract classes with a clock of the caller's: tests move it, every peer uses its own. */
export function contractsWith(wallClock: WallClock): (new () => object)[] {
  return CONTRACTS.map(
    (NounContract) =>
      class {
        // Fabric routes to the methods of the instance's own class, which therefore must not be a subclass.
        constructor() {
          return new NounContract(wallClock);
        }
      },
  );
}

/** Entry point of `fabric-chaincode-node`. */
// The endorser's own clock: it can only refuse a transaction, so peers still agree.
// eslint-disable-next-line no-restricted-syntax -- the one wall clock of the chaincode
export const contracts = contractsWith(() => Date.now());
