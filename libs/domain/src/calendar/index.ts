export * from './business-day';
export * from './date';
