/**
 * Where one record is kept. Not under `getOne`: there react-admin puts rows of lists, which lack what a record's page shows, and
 * with every list that is read again it makes an old copy count as fresh.
 */
export const recordKey = (resource: string, id: string) => [resource, 'record', id] as const;
