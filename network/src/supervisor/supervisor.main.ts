import { layoutOf } from '../layout';
import { readInstance } from '../instance';
import { processPlan } from './process-plan';
import { Supervisor } from './supervisor';

/** The process that keeps a network running: `node supervisor.main.js HOME`. SIGHUP: look again what is wanted. */
function main(home: string): void {
  const { consortium, basePort, programs } = readInstance(home);
  const layout = layoutOf(consortium, home, basePort);
  const say = (line: string): void => {
    process.stdout.write(`${new Date().toISOString()} ${line}\n`);
  };
  const supervisor = new Supervisor(layout, say);
  const look = (): void => {
    try {
      supervisor.follow(processPlan(layout, programs));
    } catch (error) {
      // What runs goes on running.
      say(error instanceof Error ? error.message : String(error));
    }
  };
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    say('stopping');
    void supervisor.stop().then(() => process.exit(0));
  };
  process.on('SIGHUP', look);
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  look();
  say('running');
  // Its children keep a process alive only while they run.
  setInterval(() => undefined, 60_000);
}

main(process.argv[2] ?? '');
