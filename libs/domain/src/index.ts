export * from './allocation';
export * from './calendar';
export * from './identity';
export * from './money';
export * from './rate';
