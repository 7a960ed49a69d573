export * from './admission';
export * from './member';
export * from './signers';
