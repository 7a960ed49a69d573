import { findGateways } from '@tallystick/client';
import '@tallystick/crypto/node';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Login } from '../platform/logins';
import { tellStory } from './story';
import type { StoryLine } from './storyteller';

const clone = path.resolve(__dirname, '..', '..', '..', '..');

/** The table of logins of the instance: `LOGINS`, else the one in `TALLYSTICK_HOME`. @throws Error where there is none */
function readLogins(): Login[] {
  const home = process.env['TALLYSTICK_HOME'] ?? path.join(clone, '.data');
  const file = process.env['LOGINS'] ?? path.join(home, 'logins.json');
  if (!existsSync(file)) throw new Error(`${file} is not there: start the platform first, or name its table in LOGINS`);
  return JSON.parse(readFileSync(file, 'utf8')) as Login[];
}

/** One line for people: step, facts, block and time. */
function inWords({ step, ok: _, block, at, txId: __, ...facts }: StoryLine): string {
  const shown = Object.entries(facts).map(([name, value]) => `${name} ${String(value)}`);
  const where = block === undefined ? '' : `   block ${block}, ${at ?? ''}`;
  return `✓ ${step.padEnd(15)} ${shown.join(', ')}${where}`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  const baseUrl = process.env['BASE_URL'] ?? 'http://127.0.0.1:8080';
  const started = performance.now();
  const say = (line: object, words: string): void => {
    console.log(values.json ? JSON.stringify(line) : words);
  };
  try {
    await tellStory({
      gatewayOf: await findGateways(baseUrl),
      logins: readLogins(),
      tell: (line) => {
        say(line, inWords(line));
      },
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    say({ step: 'end', ok: true, seconds }, `the story is told, in ${seconds} s`);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    say({ step: 'end', ok: false, error: message }, `✗ ${message}`);
    process.exitCode = 1;
  }
}

void main();
