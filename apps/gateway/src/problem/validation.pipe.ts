import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { isZodDto } from 'nestjs-zod/dto';
import { z } from 'zod';
import { ProblemError } from './problem.error';

/**
 * Parses every body, query and path by the zod schema of its DTO class (`createZodDto(z.strictObject(…))`). A single
 * path parameter without a schema is taken as bounded text.
 * @throws ProblemError BAD_INPUT with all issues; Error if a route forgot its schema or lets unknown fields pass
 */
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, { type, metatype, data }: ArgumentMetadata): unknown {
    if (type === 'custom') return value; // our own parameter decorators, such as @CurrentUser()
    const schema = schemaOf(metatype) ?? (type === 'param' && data !== undefined ? PathParameter : undefined);
    if (schema === undefined) throw new Error(`a ${type} parameter has no schema`);
    const parsed = schema.safeParse(value ?? {});
    if (parsed.success) return parsed.data;
    throw new ProblemError('BAD_INPUT', { issues: parsed.error.issues });
  }
}

const PathParameter = z.string().min(1).max(200);

function schemaOf(metatype: unknown): z.ZodType | undefined {
  if (!isZodDto(metatype)) return undefined;
  const schema = metatype.schema as z.ZodType;
  if (schema instanceof z.ZodObject && !(schema.def.catchall instanceof z.ZodNever)) {
    throw new Error('an input schema must be strict: use z.strictObject');
  }
  return schema;
}
