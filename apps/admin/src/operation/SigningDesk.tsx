import type { Operation } from '@tallystick/protocol';
import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react';
import { SignDialog } from './SignDialog';

interface Laid {
  operation: Operation;
  /** Made a moment ago by a form behind the dialog; closing unsigned takes it back. */
  fresh: boolean;
}

type Lay = (laid: Laid) => Promise<Operation | null>;

const Desk = createContext<Lay | null>(null);

/** Where operations are laid for signature; one at a time, above whatever page is open. */
export function SigningDesk({ children }: { children: ReactNode }) {
  const [laid, setLaid] = useState<Laid | null>(null);
  const settle = useRef<(end: Operation | null) => void>(() => undefined);
  const lay = useCallback<Lay>((next) => {
    settle.current(null);
    setLaid(next);
    return new Promise((resolve) => {
      settle.current = resolve;
    });
  }, []);
  const close = useMemo(
    () => (end: Operation | null) => {
      setLaid(null);
      settle.current(end);
    },
    [],
  );
  return (
    <Desk value={lay}>
      {children}
      {laid !== null && <SignDialog key={`${laid.operation.id}/${laid.operation.version}`} {...laid} onClose={close} />}
    </Desk>
  );
}

/**
 * Opens the signing dialog for an operation.
 * @returns a function whose promise gives the operation as last seen when the dialog closes, or null if nothing was signed
 */
export function useSigningDesk(): Lay {
  const lay = useContext(Desk);
  if (lay === null) throw new Error('there is no SigningDesk around this component');
  return lay;
}
