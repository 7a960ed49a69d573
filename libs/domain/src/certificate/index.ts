export * from './acceptance';
export * from './certificate';
export * from './due';
export * from './issue';
export * from './lifecycle';
export * from './tenor';
