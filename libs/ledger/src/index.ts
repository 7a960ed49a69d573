export * from './port';
export * from './refusal';
