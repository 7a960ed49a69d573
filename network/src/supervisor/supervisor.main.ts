import { layoutOf, onThisMachine, type Layout } from '../layout';
import { readInstance } from '../instance';
import type { Programs } from '../programs';
import { processPlan } from './process-plan';
import { Supervisor } from './supervisor';

/**
 * The process that keeps a network running: `node supervisor.main.js HOME [tied]`. SIGHUP: look again what is wanted;
 * SIGTERM: end everything. Tied, it ends with the process that started it.
 */
function main(home: string, tied: boolean): void {
  const starter = process.ppid;
  const read = (): { layout: Layout; programs: Programs } => {
    const { consortium, basePort, programs } = readInstance(home);
    return { layout: layoutOf(consortium, home, onThisMachine(basePort)), programs };
  };
  const say = (line: string): void => {
    process.stdout.write(`${new Date().toISOString()} ${line}\n`);
  };
  const supervisor = new Supervisor(read().layout, say);
  const look = (): void => {
    try {
      const { layout, programs } = read();
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
