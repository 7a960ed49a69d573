import { setUp as databaseUp } from './test-database';
import { bringUp } from './test-network';

export default async function setUp(): Promise<void> {
  await databaseUp();
  if (process.env['FABRIC'] === '1') await bringUp();
}
