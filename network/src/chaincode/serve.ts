import { quietShim } from '@tallystick/ledger/quiet-shim';
import { JSONSerializer } from 'fabric-contract-api';
import { Shim } from 'fabric-shim';
import ChaincodeFromContract from 'fabric-shim/lib/contract-spi/chaincodefromcontract';
import { readFileSync } from 'node:fs';
import { ProbeContract } from './probe.contract';

/**
 * Runs contracts as a chaincode process of one organisation: a server that answers the organisation's own peer, known by
 * its certificate. Everything it needs to know comes from the environment:
 * `CHAINCODE_ID` (the package's), `CHAINCODE_ADDRESS` to listen on, `CHAINCODE_TLS_CERT`, `CHAINCODE_TLS_KEY` and
 * `CHAINCODE_TLS_CLIENT_CA` (files), and `CORE_PEER_LOCALMSPID`, by which contracts know whose private data they may read.
 */
export async function serve(contracts: readonly (new () => object)[]): Promise<void> {
  const ccid = setting('CHAINCODE_ID');
  setting('CORE_PEER_LOCALMSPID');
  const serializers = { transaction: 'json', serializers: { json: JSONSerializer } };
  const chaincode = new ChaincodeFromContract([...contracts, ProbeContract], serializers, {}, ccid, '1');
  quietShim();
  const server = Shim.server(chaincode, {
    ccid,
    address: setting('CHAINCODE_ADDRESS'),
    tlsProps: {
      cert: readFileSync(setting('CHAINCODE_TLS_CERT')),
      key: readFileSync(setting('CHAINCODE_TLS_KEY')),
      clientCACerts: readFileSync(setting('CHAINCODE_TLS_CLIENT_CA')),
    },
  });
  await server.start();
}

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
}
