import type { QueryDeepPartialEntity } from 'typeorm';

/** Values for an insert or update; TypeORM's own type refuses JSON columns that hold `unknown`. */
export const values = <Row extends object>(row: Partial<Row>): QueryDeepPartialEntity<Row> =>
  row as QueryDeepPartialEntity<Row>;
