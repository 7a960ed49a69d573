import * as contractLogger from 'fabric-contract-api/lib/logger';
import * as shimLogger from 'fabric-shim/lib/logger';

const shimLoggers = [
  'lib/stub.js',
  'lib/chaincode.js',
  'lib/handler.js',
  'contracts-spi/chaincodefromcontract.js',
  'contracts-spi/datamarshall.js',
  'contracts-spi/systemcontract.js',
];
const contractLoggers = ['./lib/jsontransactionserializer.js', 'lib/contract.js'];

/**
 * Silences the shim's logging in this process. Its debug lines are formatted before they are dropped (a quarter of
 * the CPU of a simulation), its error lines repeat every refusal; and both libraries take over the process's uncaught
 * errors on load, which would keep a broken server running. In a chaincode process none of this is called.
 */
export function quietShim(): void {
  for (const name of shimLoggers) silence(shimLogger.getLogger(name));
  for (const name of contractLoggers) silence(contractLogger.getLogger(name));
  shimLogger.getLogger('_').exceptions.unhandle();
  contractLogger.getLogger('_').exceptions.unhandle();
  for (const listener of process.listeners('unhandledRejection'))
    if (listener.name === 'loggerUnhandledRejectionFn') process.removeListener('unhandledRejection', listener);
}

function silence(logger: Record<string, unknown>): void {
  for (const level of ['debug', 'verbose', 'info', 'error']) logger[level] = () => undefined;
}
