export * from './application';
export * from './firm';
export * from './gateways';
export * from './http';
export * from './person';
export * from './session';
export * from './trade';
