import type { DataProvider, GetListParams, Identifier, RaRecord } from 'react-admin';
import { get } from '../api/client';
import { getPage } from '../api/reads';
import { PageCursors } from './cursors';

const cursors = new PageCursors();

/** Path of a resource's list: `rule-packs` is `/rule-packs`. */
const pathOf = (resource: string, id?: Identifier): string =>
  id === undefined ? `/${resource}` : `/${resource}/${encodeURIComponent(String(id))}`;

async function list<T extends RaRecord>(
  resource: string,
  params: Partial<GetListParams> & { signal?: AbortSignal | undefined },
  filter: object,
) {
  const { page = 1, perPage = 25 } = params.pagination ?? {};
  const query = { ...filter, limit: perPage };
  const { items, nextCursor } = await cursors.page<T>(JSON.stringify([resource, query]), page, (cursor) =>
    getPage<T>(pathOf(resource), { ...query, cursor }, params.signal),
  );
  return { data: items, pageInfo: { hasNextPage: nextCursor !== null, hasPreviousPage: page > 1 } };
}

function notWritten(): Promise<never> {
  return Promise.reject(new Error('records change through commands only'));
}

/**
 * How react-admin reads from the gateway. It only reads: whatever changes a record is a command that somebody signs
 * (`useCommand`), so there is no create, update or delete.
 */
export const dataProvider: DataProvider = {
  supportAbortSignal: true,
  getList: (resource, params) => list(resource, params, (params.filter ?? {}) as object),
  getOne: async (resource, { id, signal }) => ({ data: await get(pathOf(resource, id), {}, signal) }),
  getMany: async (resource, { ids, signal }) => ({
    data: (await Promise.all(ids.map((id) => get(pathOf(resource, id), {}, signal)))) as never[],
  }),
  getManyReference: (resource, params) =>
    list(resource, params, { ...(params.filter as object), [params.target]: params.id }),
  create: notWritten,
  update: notWritten,
  updateMany: notWritten,
  delete: notWritten,
  deleteMany: notWritten,
};
