import { tearDown as databaseDown } from './test-database';
import { takeDown } from './test-network';

export default async function tearDown(): Promise<void> {
  await takeDown();
  await databaseDown();
}
