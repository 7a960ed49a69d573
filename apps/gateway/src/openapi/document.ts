import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { cleanupOpenApiDoc } from 'nestjs-zod';
import { z } from 'zod';
import { ProblemSchema } from '../problem/problem-document';

type Responses = Record<string, unknown>;

/** The API's description, made from the routes and their schemas; every operation may answer with a problem document. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const description = new DocumentBuilder()
    .setTitle('Tallystick')
    .setDescription('Electronic receivable certificates: issue, split, transfer, finance and settle.')
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth()
    .addCookieAuth('tallystick')
    .build();
  const described = SwaggerModule.createDocument(app, description, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  restoreNullable(described);
  const document = cleanupOpenApiDoc(described);
  const { $schema: _, id: __, ...problem } = z.toJSONSchema(ProblemSchema) as Record<string, unknown>;
  document.components = { ...document.components, schemas: { ...document.components?.schemas, Problem: problem } };
  for (const operations of Object.values(document.paths)) {
    for (const [method, operation] of Object.entries(operations as Record<string, { responses?: Responses }>)) {
      // A response declared without a status is the success that Nest gives that method.
      const { default: success, ...others } = operation.responses ?? {};
      operation.responses = {
        ...(success !== undefined && { [method === 'post' ? '201' : '200']: success }),
        ...others,
        default: {
          description: 'Refused or failed',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      };
    }
  }
  return document;
}

/** nestjs-zod's mark of a property whose type is no single name. */
const NO_SINGLE_TYPE = 'x-nestjs_zod-empty-type';

/** `@nestjs/swagger` reads the list of types "string or null" as "a list of strings". */
function restoreNullable({ components }: OpenAPIObject): void {
  for (const schema of Object.values(components?.schemas ?? {})) {
    const properties = 'properties' in schema ? (schema.properties ?? {}) : {};
    for (const property of Object.values(properties) as Record<string, unknown>[]) {
      const { type, items } = property;
      if (property[NO_SINGLE_TYPE] !== true || type !== 'array' || typeof items !== 'object' || items === null)
        continue;
      Object.assign(property, items, { type: [(items as { type?: string }).type, 'null'] });
      delete property['items'];
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the mark is not ours to name otherwise
      delete property[NO_SINGLE_TYPE];
    }
  }
}
