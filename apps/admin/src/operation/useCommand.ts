import type { Operation } from '@tallystick/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { newIdempotencyKey, post } from '../api/client';
import { ProblemError, type FieldProblem } from '../api/problem';
import { useSigningDesk } from './SigningDesk';

export interface Command<Form extends object> {
  /**
   * Gives the command: the gateway checks it and answers with an operation, which is laid out for review and signature.
   * Problems do not throw; they stand in `problem`.
   * @returns the operation as last seen when the dialog closes; null when nothing was signed
   */
  give: (form: Form) => Promise<Operation | null>;
  busy: boolean;
  problem: unknown;
  /** Problems of single fields, by path such as `invoices.0.amount`. */
  fields: Readonly<Record<string, string>>;
  clear: () => void;
}

/**
 * A command such as `/certificates/:id/acceptance`. A second click, or another try after a lost answer, sends the same
 * idempotency key as long as the form is the same, so nothing happens twice.
 */
export function useCommand<Form extends object>(path: string): Command<Form> {
  const lay = useSigningDesk();
  const client = useQueryClient();
  const attempt = useRef<{ form: string; key: string } | null>(null);
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  const give = useCallback(
    async (form: Form) => {
      if (running.current) return null;
      running.current = true;
      const written = JSON.stringify([path, form]);
      if (attempt.current?.form !== written) attempt.current = { form: written, key: newIdempotencyKey() };
      setBusy(true);
      setProblem(null);
      try {
        const operation = await post<Operation>(path, form, { idempotencyKey: attempt.current.key });
        // Taken back or signed: the same form given again means a new operation.
        attempt.current = null;
        const end = await lay({ operation, fresh: true });
        if (end !== null) await client.invalidateQueries();
        return end;
      } catch (error) {
        setProblem(error);
        return null;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
    [path, lay, client],
  );
  const clear = useCallback(() => {
    setProblem(null);
  }, []);
  return { give, busy, problem, fields: fieldsOf(problem), clear };
}

/** Messages of a problem by field path. */
export function fieldsOf(problem: unknown): Readonly<Record<string, string>> {
  const errors: FieldProblem[] = problem instanceof ProblemError ? (problem.problem.errors ?? []) : [];
  return Object.fromEntries(errors.filter(({ path }) => path !== '').map(({ path, message }) => [path, message]));
}
