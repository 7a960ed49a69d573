export * from './lifecycle';
export * from './lifecycle-table';
