export * from './day-count';
export * from './interest';
export * from './rounding';
