export * from './allocation';
export * from './calendar';
export * from './identity';
export * from './lifecycle';
export * from './money';
export * from './rate';
export * from './refusal';
export * from './rule-pack';
