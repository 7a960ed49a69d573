export * from './catalogue';
export * from './codes';
export * from './message';
export * from './refusal';
export * from './refusal-table';
