export * from './cut';
export * from './holding';
export * from './move';
export * from './offer';
