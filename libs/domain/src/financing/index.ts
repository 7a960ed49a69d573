export * from './agreement';
export * from './apply';
export * from './disburse';
export * from './lifecycle';
export * from './price';
export * from './quote';
