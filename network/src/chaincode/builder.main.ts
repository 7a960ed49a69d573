import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Fabric's external builder for chaincode that an organisation runs itself, called by its peer as
 * `detect SOURCE METADATA`, `build SOURCE METADATA OUTPUT` and `release OUTPUT RELEASE`.
 * The organisation says in `TALLYSTICK_CONNECTIONS/<label>/connection.json` where the package with this label answers.
 */
const [step, ...places] = process.argv.slice(2);
const [first = '', second = '', third = ''] = places;

function metadata(folder: string): { type?: unknown; label?: unknown } {
  return JSON.parse(readFileSync(path.join(folder, 'metadata.json'), 'utf8')) as { type?: unknown; label?: unknown };
}

switch (step) {
  case 'detect':
    process.exitCode = metadata(second).type === 'ccaas' ? 0 : 1;
    break;
  case 'build': {
    const connection = path.join(
      process.env['TALLYSTICK_CONNECTIONS'] ?? '',
      path.basename(String(metadata(second).label)),
      'connection.json',
    );
    if (!existsSync(connection)) throw new Error(`${connection} is missing: this organisation runs no such chaincode`);
    copyFileSync(connection, path.join(third, 'connection.json'));
    break;
  }
  case 'release': {
    const folder = path.join(second, 'chaincode', 'server');
    mkdirSync(folder, { recursive: true });
    copyFileSync(path.join(first, 'connection.json'), path.join(folder, 'connection.json'));
    break;
  }
  default:
    throw new Error(`unknown step ${String(step)}`);
}
