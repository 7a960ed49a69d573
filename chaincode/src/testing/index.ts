export * from './cash';
export * from './consortium';
export * from './founding';
export * from './opposed';
export * from './passing';
export * from './trade';
export { newKey, signatory, type Firm } from './firm';
export { Twin } from '../simulation/twin';
export { Walk } from '../simulation/walk';
