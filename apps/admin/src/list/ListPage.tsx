import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { type ReactNode } from 'react';
import { ListBase, useListContext, useTranslate, type RaRecord } from 'react-admin';
import { PageTitle } from '../layout/PageTitle';
import { ProblemAlert } from '../problem/ProblemAlert';
import { Listing, type Column } from './Listing';

export interface ListTab {
  label: string;
  /** The filter that this tab means. */
  filter: Record<string, unknown>;
}

interface Props<T extends RaRecord> {
  resource: string;
  title: string;
  columns: readonly Column<T>[];
  empty: ReactNode;
  to?: (row: T) => string;
  /** Filters that are always on. */
  filter?: Record<string, unknown>;
  tabs?: readonly ListTab[];
  /** The page's main command. */
  action?: ReactNode;
  rowActions?: (row: T) => ReactNode;
  /** Between title and rows: a chart, a sum. */
  children?: ReactNode;
}

/** A list of one noun: title, main command, tabs, rows, pages. */
export function ListPage<T extends RaRecord>({
  resource,
  title,
  action,
  children,
  tabs,
  filter = {},
  ...rest
}: Props<T>) {
  return (
    <>
      <PageTitle title={title} action={action} />
      {children}
      <ListBase
        resource={resource}
        filter={filter}
        filterDefaultValues={tabs?.[0]?.filter ?? {}}
        perPage={25}
        disableSyncWithLocation={tabs === undefined}
        storeKey={false}
      >
        {tabs !== undefined && <FilterTabs tabs={tabs} label={title} />}
        <Content title={title} {...rest} />
      </ListBase>
    </>
  );
}

function FilterTabs({ tabs, label }: { tabs: readonly ListTab[]; label: string }) {
  const list = useListContext();
  const { setFilters } = list;
  const chosen = JSON.stringify(list.filterValues);
  const current = tabs.findIndex(({ filter }) => JSON.stringify(filter) === chosen);
  return (
    <Tabs
      value={current === -1 ? false : current}
      onChange={(_, at: number) => {
        setFilters(tabs[at]?.filter ?? {});
      }}
      variant="scrollable"
      allowScrollButtonsMobile
      aria-label={label}
      // The arrow that has nowhere to go takes no room.
      sx={{ mb: 1.5, minHeight: 40, '& .MuiTabs-scrollButtons.Mui-disabled': { display: 'none' } }}
    >
      {tabs.map((tab) => (
        <Tab key={tab.label} label={tab.label} sx={{ minHeight: 40 }} />
      ))}
    </Tabs>
  );
}

function Content<T extends RaRecord>({
  title,
  columns,
  empty,
  to,
  rowActions,
}: Pick<Props<T>, 'title' | 'columns' | 'empty' | 'to' | 'rowActions'>) {
  const { data, error, isPending, page, setPage, hasNextPage } = useListContext<T>();
  const translate = useTranslate();
  if (error instanceof Error && data === undefined) return <ProblemAlert problem={error} />;
  return (
    <>
      <Listing
        rows={isPending ? undefined : data}
        columns={columns}
        label={title}
        empty={empty}
        {...(to !== undefined && { to })}
        {...(rowActions !== undefined && { actions: rowActions })}
      />
      {(page > 1 || hasNextPage === true) && (
        <Box
          component="nav"
          sx={{ display: 'flex', justifyContent: 'flex-end', alignItems: 'center', gap: 1, mt: 1.5 }}
        >
          <Button
            disabled={page <= 1}
            onClick={() => {
              setPage(page - 1);
            }}
          >
            {translate('ra.navigation.previous')}
          </Button>
          <span>{translate('ra.navigation.current_page', { page })}</span>
          <Button
            disabled={hasNextPage !== true}
            onClick={() => {
              setPage(page + 1);
            }}
          >
            {translate('ra.navigation.next')}
          </Button>
        </Box>
      )}
    </>
  );
}
