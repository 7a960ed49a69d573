// `npm run test:fabric`: the tests that need a real Fabric network; ends with one line of counts.
import { report, runFabricTests } from './jest.mjs';
import { build, checkNode, install } from './prepare.mjs';

const say = (line) => console.log(line);

await report(async () => {
  checkNode();
  await install(say);
  await build(say);
  return runFabricTests(process.argv.slice(2), say);
});
