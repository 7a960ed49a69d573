export * from './lei';
export * from './uscc';
