import Dialog from '@mui/material/Dialog';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useText } from '../i18n';
import { useMenu } from './MainMenu';

const SECOND_KEY_MS = 1_200;
export const SEARCH_FIELD_ID = 'search-field';

/** `/` searches, `g` and a letter goes to a menu entry, `?` shows the keys. Never while somebody types. */
export function Shortcuts() {
  const text = useText();
  const menu = useMenu();
  const navigate = useNavigate();
  const [shown, setShown] = useState(false);
  const goPressedAt = useRef(-Infinity);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typesInto(event.target)) return;
      if (event.key === '/') {
        event.preventDefault();
        document.getElementById(SEARCH_FIELD_ID)?.focus();
      } else if (event.key === '?') setShown(true);
      else if (event.key === 'g') goPressedAt.current = event.timeStamp;
      else if (event.timeStamp - goPressedAt.current < SECOND_KEY_MS) {
        goPressedAt.current = -Infinity;
        const entry = menu.find(({ letter }) => letter === event.key);
        if (entry !== undefined) void navigate(entry.to);
      }
    };
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener('keydown', press);
    };
  }, [menu, navigate]);

  const keys: [string, string][] = [
    ['/', text('frame.shortcuts.search')],
    ...menu.map(({ letter, label }): [string, string] => [`g ${letter}`, text(label)]),
    ['Enter', text('frame.shortcuts.confirm')],
    ['Esc', text('frame.shortcuts.close')],
    ['?', text('frame.shortcuts.help')],
  ];
  return (
    <Dialog
      open={shown}
      onClose={() => {
        setShown(false);
      }}
      aria-labelledby="shortcuts-title"
    >
      <DialogTitle id="shortcuts-title">{text('frame.shortcuts.title')}</DialogTitle>
      <DialogContent>
        <Table size="small">
          <TableBody>
            {keys.map(([key, what]) => (
              <TableRow key={key}>
                <TableCell component="th" scope="row">
                  <kbd>{key}</kbd>
                </TableCell>
                <TableCell>{what}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </DialogContent>
    </Dialog>
  );
}

function typesInto(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName))
  );
}
