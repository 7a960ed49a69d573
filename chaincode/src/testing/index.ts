export * from './cash';
export * from './consortium';
export { signatory, type Firm } from './firm';
export * from './passing';
export * from './trade';
