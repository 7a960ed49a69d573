export * from './close';
export * from './funds';
export * from './late-interest';
export * from './lifecycle';
export * from './page';
