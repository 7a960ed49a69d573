import { JSONSerializer } from 'fabric-contract-api';
import ChaincodeFromContract from 'fabric-shim/lib/contract-spi/chaincodefromcontract';
import ShimStub from 'fabric-shim/lib/stub';
import { rememberClientCertificates } from './client-certificates';
import type { Proposal } from './proposal';
import { quietShim } from './quiet-shim';
import type { PrivateWrite, ReadWriteSet } from './read-write-set';
import { Simulation } from './simulation';
import type { Snapshot } from './world-state';

/** A contract class for fabric-contract-api, as a chaincode package exports them. */
export type ContractClass = new () => object;

export type Simulated =
  | {
      kind: 'done';
      response: string;
      results: ReadWriteSet;
      privateWrites: PrivateWrite[];
      event: SimulatedEvent | null;
    }
  | { kind: 'threw'; message: string };

export interface SimulatedEvent {
  name: string;
  /** Base64. */
  payload: string;
}

/** One organisation's installed chaincode: its own instances of the contracts, routed by Fabric's own code. */
export class Chaincode {
  private readonly routing: ChaincodeFromContract;

  constructor(
    private readonly mspId: string,
    contracts: readonly ContractClass[],
  ) {
    quietShim();
    rememberClientCertificates();
    const serializers = { transaction: 'json', serializers: { json: JSONSerializer } };
    this.routing = new ChaincodeFromContract([...contracts], serializers);
  }

  async simulate(proposal: Proposal, snapshot: Snapshot): Promise<Simulated> {
    const simulation = new Simulation(snapshot, this.mspId, proposal.creatorMsp);
    const stub = new OrganisationStub(this.mspId, simulation, proposal);
    const response = await this.routing.Invoke(stub);
    if (response.status >= 400) return { kind: 'threw', message: response.message ?? 'the contract failed silently' };
    return {
      kind: 'done',
      response: Buffer.from(response.payload ?? []).toString('utf8'),
      results: simulation.results(),
      privateWrites: simulation.privateWrites(),
      event: eventOf(stub),
    };
  }
}

/** The shim takes its MSP from the process's environment; several organisations live in this process. */
class OrganisationStub extends ShimStub {
  constructor(
    private readonly organisation: string,
    simulation: Simulation,
    proposal: Proposal,
  ) {
    super(simulation, proposal.channelId, proposal.txId, proposal.input, proposal.signed);
  }

  override getMspID(): string {
    return this.organisation;
  }
}

function eventOf(stub: OrganisationStub): SimulatedEvent | null {
  const event = stub.chaincodeEvent;
  if (event === undefined) return null;
  return { name: event.getEventName(), payload: Buffer.from(event.getPayload_asU8()).toString('base64') };
}
