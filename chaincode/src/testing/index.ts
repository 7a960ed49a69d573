export * from './cash';
export * from './consortium';
export { newKey, signatory, type Firm } from './firm';
export * from './founding';
export * from './passing';
export * from './trade';
