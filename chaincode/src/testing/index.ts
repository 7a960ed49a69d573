export * from './consortium';
export { signatory, type Firm } from './firm';
export * from './trade';
