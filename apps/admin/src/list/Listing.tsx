import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import Link from '@mui/material/Link';
import Skeleton from '@mui/material/Skeleton';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useMediaQuery, useTheme } from '@mui/material';
import type { ReactNode } from 'react';
import { Link as RouterLink, useNavigate } from 'react-router-dom';

export interface Column<T> {
  label: string;
  cell: (row: T) => ReactNode;
  /** Amounts and other numbers. */
  numeric?: boolean;
  /** Whether a row has nothing here; its card then leaves the line out. */
  absent?: (row: T) => boolean;
  /** Left out of the table below this width; on cards everything shows. */
  from?: 'md' | 'lg';
}

interface Props<T> {
  rows: readonly T[] | undefined;
  /** The first is the row's name and links to it. */
  columns: readonly Column<T>[];
  to?: (row: T) => string;
  /** Name of the table for those who hear it. */
  label: string;
  empty: ReactNode;
  /** Commands of a row; always in reach. */
  actions?: (row: T) => ReactNode;
  keyOf?: (row: T) => string;
}

const PLACEHOLDERS = 6;

/** Rows as a table, on narrow screens as cards. While they load their place is kept. */
export function Listing<T>(props: Props<T>) {
  const narrow = useMediaQuery(useTheme().breakpoints.down('sm'));
  if (props.rows?.length === 0) return props.empty;
  return narrow ? <Cards {...props} /> : <Rows {...props} />;
}

const keyIn = <T,>(row: T, index: number, keyOf?: (row: T) => string): string =>
  keyOf?.(row) ?? (row as { id?: string }).id ?? String(index);

function Rows<T>({ rows, columns, to, label, actions, keyOf }: Props<T>) {
  const navigate = useNavigate();
  return (
    <TableContainer component={Card}>
      <Table size="small" aria-label={label} aria-busy={rows === undefined}>
        <TableHead>
          <TableRow>
            {columns.map((column) => (
              <TableCell
                key={column.label}
                align={column.numeric === true ? 'right' : 'left'}
                sx={{ ...shownFrom(column.from), py: 1 }}
              >
                {column.label}
              </TableCell>
            ))}
            {actions !== undefined && <TableCell />}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows === undefined &&
            Array.from({ length: PLACEHOLDERS }, (_, index) => (
              <TableRow key={index}>
                {columns.map((column) => (
                  <TableCell key={column.label} sx={{ ...shownFrom(column.from), py: 1.25 }}>
                    <Skeleton />
                  </TableCell>
                ))}
                {actions !== undefined && <TableCell />}
              </TableRow>
            ))}
          {rows?.map((row, index) => (
            <TableRow
              key={keyIn(row, index, keyOf)}
              hover={to !== undefined}
              onClick={(event) => {
                // Links and buttons inside the row act for themselves.
                if (to !== undefined && !(event.target as Element).closest('a,button')) void navigate(to(row));
              }}
              sx={{ cursor: to === undefined ? 'default' : 'pointer' }}
            >
              {columns.map((column, at) => (
                <TableCell
                  key={column.label}
                  align={column.numeric === true ? 'right' : 'left'}
                  sx={{ ...shownFrom(column.from), py: 1.1 }}
                >
                  <Cell row={row} column={column} to={at === 0 ? to : undefined} />
                </TableCell>
              ))}
              {actions !== undefined && (
                <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
                  {actions(row)}
                </TableCell>
              )}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function Cards<T>({ rows, columns, to, label, actions, keyOf }: Props<T>) {
  const [head, ...rest] = columns;
  if (rows === undefined) {
    return (
      <Box aria-busy sx={{ display: 'grid', gap: 1 }}>
        {Array.from({ length: PLACEHOLDERS }, (_, index) => (
          <Skeleton key={index} variant="rounded" height={96} />
        ))}
      </Box>
    );
  }
  return (
    <Box component="ul" aria-label={label} sx={{ listStyle: 'none', p: 0, m: 0, display: 'grid', gap: 1 }}>
      {rows.map((row, index) => (
        <Card component="li" key={keyIn(row, index, keyOf)} sx={{ p: 1.5 }}>
          <Box sx={{ fontWeight: 600, mb: 0.5 }}>{head !== undefined && <Cell row={row} column={head} to={to} />}</Box>
          <Box
            component="dl"
            sx={{ m: 0, display: 'grid', gridTemplateColumns: 'auto 1fr', columnGap: 1.5, rowGap: 0.25 }}
          >
            {rest
              .filter(({ absent }) => absent?.(row) !== true)
              .map((column) => (
                <Box key={column.label} sx={{ display: 'contents' }}>
                  <Box component="dt" sx={{ color: 'text.secondary', fontSize: '0.85rem', lineHeight: '1.6rem' }}>
                    {column.label}
                  </Box>
                  <Box component="dd" sx={{ m: 0, textAlign: 'right', minWidth: 0 }}>
                    {column.cell(row)}
                  </Box>
                </Box>
              ))}
          </Box>
          {actions !== undefined && (
            <Box sx={{ mt: 1, display: 'flex', justifyContent: 'flex-end', gap: 1 }}>{actions(row)}</Box>
          )}
        </Card>
      ))}
    </Box>
  );
}

function Cell<T>({ row, column, to }: { row: T; column: Column<T>; to: ((row: T) => string) | undefined }) {
  const content = column.cell(row);
  if (to === undefined) return content;
  return (
    <Link component={RouterLink} to={to(row)} sx={{ fontWeight: 600 }}>
      {content}
    </Link>
  );
}

const shownFrom = (from: 'md' | 'lg' | undefined) =>
  from === undefined ? {} : { display: { xs: 'none', [from]: 'table-cell' } };
