import { OperationSchema } from '@tallystick/protocol';
import { createZodDto } from 'nestjs-zod';

/** What every command answers. */
export class OperationDto extends createZodDto(OperationSchema) {}
