import { layoutOf, onThisMachine } from '../layout';
import { readInstance } from '../instance';
import { processPlan } from './process-plan';
import { Supervisor } from './supervisor';

/**
 * The process that keeps a network running: `node supervisor.main.js HOME [tied]`. SIGHUP: look again what is wanted;
 * SIGTERM: end everything. Tied, it ends with the process that started it.
 */
function main(home: string, tied: boolean): void {
  const starter = process.ppid;
  const { consortium, basePort, programs } = readInstance(home);
  const layout = layoutOf(consortium, home, onThisMachine(basePort));
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
  setInterval(() => {
    // The system gives an orphan to another parent.
    if (tied && process.ppid !== starter) stop();
  }, 500);
}

main(process.argv[2] ?? '', process.argv[3] === 'tied');
