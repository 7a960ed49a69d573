import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module';
import { ClosedByDefault } from './auth/closed-by-default';
import type { Config } from './config/config';
import { Metrics } from './metrics/metrics';
import { bodyErrors } from './problem/body-errors';
import { wrongMethod } from './problem/wrong-method';
import { noStore, securityHeaders, serveUi } from './static/static-files';

const BODY_LIMIT = '1mb';

export interface Gateway {
  app: NestExpressApplication;
  /** Where it listens, without a trailing slash. */
  url: string;
  close(): Promise<void>;
}

/**
 * Starts the HTTP server on a migrated database.
 * @param more modules of tests
 * @throws Error if the port is taken or a route does not say who may call it
 */
export async function startGateway(config: Config, more: (Type | DynamicModule)[] = []): Promise<Gateway> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.of(config, more), {
    bufferLogs: true,
    abortOnError: false,
    bodyParser: false,
    forceCloseConnections: true,
  });
  try {
    app.useLogger(app.get(Logger));
    app.disable('x-powered-by');
    app.set('trust proxy', config.trustedProxies);
    app.set('query parser', 'simple');
    app.setGlobalPrefix('api/v1');
    app.use(app.get(Metrics).observe, securityHeaders(config));
    serveUi(app, config);
    app.use('/api', noStore);
    app.useBodyParser('json', { limit: BODY_LIMIT, strict: false });
    app.use(bodyErrors);
    app.use(
      '/api/v1',
      wrongMethod(() => app.get(ClosedByDefault).routes()),
    );
    await app.listen(config.port, config.host);
  } catch (error) {
    await app.close();
    throw error;
  }
  return { app, url: await app.getUrl(), close: () => app.close() };
}
