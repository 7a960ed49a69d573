// `npm test`: installs and builds what is missing, runs every test, ends with one line of counts.
import { report, runFabricTests, runJest } from './jest.mjs';
import { build, checkNode, install } from './prepare.mjs';

const say = (line) => console.log(line);

await report(async () => {
  checkNode();
  await install(say);
  await build(say);
  const chosen = process.argv.slice(2);
  const here = await runJest(chosen);
  // Who chooses tests here means these; `npm run test:fabric` takes a choice of its own.
  const onFabric = chosen.length === 0 ? await runFabricTests([], say) : { passed: 0, failed: 0 };
  return { passed: here.passed + onFabric.passed, failed: here.failed + onFabric.failed };
});
