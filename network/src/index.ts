export { chaincodePolicy, chaincodePolicyText, readConsortium, type Consortium } from './consortium';
export { startFabric, openNetwork, FabricNetwork, type Deployment, type StartOptions } from './fabric-network';
export { freePorts } from './ports';
export type { Profile } from './profile';
export { findPrograms, type Found, type Programs } from './programs';
