export * from './amount';
export * from './amount-in-words';
