export { setUp as default } from './test-database';
