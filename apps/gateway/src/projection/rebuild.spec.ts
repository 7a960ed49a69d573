import { testDatabase } from '../testing/database';
import { measureRebuild } from '../testing/rebuild-speed';

describe('rebuild', () => {
  it('reads a chain of transfers, and says how fast', async () => {
    const database = await testDatabase();
    try {
      const { blocks, events, seconds } = await measureRebuild(
        database,
        Number(process.env['REBUILD_TRANSFERS'] ?? 20),
      );
      expect(blocks).toBeGreaterThan(40n);
      expect(events).toBeGreaterThan(200);
      if (process.env['REBUILD_TRANSFERS'] !== undefined)
        console.log(`${Math.round(events / seconds).toString()} events/s, ${seconds.toFixed(2)} s`);
    } finally {
      await database.drop();
    }
  });
});
