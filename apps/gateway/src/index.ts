export { completeConfig, readSettings, type Config, type Settings } from './config/config';
export { startEmbedded, type EmbeddedDatabase } from './database/embedded';
export { migrate } from './database/migrate';
export { startGateway, type Gateway } from './gateway';
