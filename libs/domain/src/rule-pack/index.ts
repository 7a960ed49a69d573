export * from './rule-pack';
