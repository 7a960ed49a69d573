import { Injectable, RequestMethod, type OnApplicationBootstrap } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ACCESS, type Access } from './access';

/** A route of the API as its decorators declare it. */
export interface Route {
  method: string;
  path: string;
  access: Access | undefined;
  handler: string;
}

/** Refuses to start while any route says neither who may call it nor that everyone may. */
@Injectable()
export class ClosedByDefault implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    const open = this.routes().filter(({ access }) => access === undefined);
    if (open.length > 0) {
      throw new Error(`routes without @Public() or @Requires(): ${open.map(({ handler }) => handler).join(', ')}`);
    }
  }

  routes(): Route[] {
    return this.discovery.getControllers().flatMap(({ metatype, instance }) => {
      if (metatype === null || typeof metatype !== 'function') return [];
      const prototype = (instance ?? metatype.prototype) as object;
      const controllerPaths = [Reflect.getMetadata(PATH_METADATA, metatype) as string | string[]].flat();
      return this.scanner.getAllMethodNames(Object.getPrototypeOf(prototype) as object).flatMap((name) => {
        const method = (prototype as Record<string, unknown>)[name] as () => unknown;
        const paths = Reflect.getMetadata(PATH_METADATA, method) as string | string[] | undefined;
        if (paths === undefined) return [];
        const verb = RequestMethod[Reflect.getMetadata(METHOD_METADATA, method) as number] ?? 'ALL';
        const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [method, metatype]);
        return controllerPaths.flatMap((controllerPath) =>
          [paths].flat().map((path) => ({
            method: verb,
            path: [controllerPath, path]
              .join('/')
              .replace(/\/+/g, '/')
              .replace(/(.)\/$/, '$1'),
            access,
            handler: `${metatype.name}.${name}`,
          })),
        );
      });
    });
  }
}
