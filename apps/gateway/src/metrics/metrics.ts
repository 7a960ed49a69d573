import { createServer, type Server } from 'node:http';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { CONFIG, type Config } from '../config/config';

/** Figures for Prometheus, on a loopback port of their own: never through the public address. */
@Injectable()
export class Metrics implements OnApplicationBootstrap, OnApplicationShutdown {
  /** Parts add their own figures to it. */
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'http_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });
  private server: Server | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  onApplicationBootstrap(): void {
    if (this.config.metricsPort === 0) return;
    collectDefaultMetrics({ register: this.registry });
    this.server = createServer((_, response) => {
      this.registry.metrics().then(
        (text) => response.setHeader('Content-Type', this.registry.contentType).end(text),
        () => response.writeHead(500).end(),
      );
    });
    this.server.listen(this.config.metricsPort, '127.0.0.1');
  }

  onApplicationShutdown(): void {
    this.server?.close();
  }

  /** Express middleware; labels by route pattern, so that ids do not become labels. */
  readonly observe = (request: Request, response: Response, next: NextFunction): void => {
    const started = process.hrtime.bigint();
    response.once('finish', () => {
      const { path: route = 'none' } = (request.route as { path?: string } | undefined) ?? {};
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      this.requests.observe({ method: request.method, route, status: response.statusCode }, seconds);
    });
    next();
  };
}
