import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module';
import { completeConfig, readSettings } from '../config/config';
import { Ledgers, LedgersModule } from '../projection/ledger-access';
import { openApiDocument } from './document';

const file = path.resolve(__dirname, '..', '..', 'openapi.json');

/** Writes openapi.json; with `--check` only says whether the written one is out of date. */
async function main(): Promise<void> {
  const nowhere = 'postgres://nobody@127.0.0.1/nowhere';
  const config = completeConfig(readSettings({ LOG_LEVEL: 'silent' }), {
    databaseUrl: nowhere,
    databaseOwnerUrl: nowhere,
    ledgerDatabaseUrl: nowhere,
  });
  // Preview: routes are known, but nothing is made, so no database is needed.
  const noLedger = { ledgerFor: () => Promise.reject(new Error('no ledger')) as never };
  const root = AppModule.of(config, [LedgersModule.of(new Ledgers(noLedger, []))]);
  const app = await NestFactory.create(root, { preview: true, logger: false, abortOnError: false });
  app.setGlobalPrefix('api/v1');
  const text = `${JSON.stringify(openApiDocument(app), null, 2)}\n`;
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
    return;
  }
  if (readFileSync(file, 'utf8') !== text)
    throw new Error('openapi.json is out of date: npm run openapi -w apps/gateway');
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
