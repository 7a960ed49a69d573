import type { Operation } from '@tallystick/protocol';
import { NotRecorded, type Session } from './session';

/** People of one firm who act together: a maker, a checker, in a bank also a risk officer. */
export interface Team {
  maker: Session;
  checker: Session;
  risk?: Session;
}

/**
 * One command from form to record: the maker signs, then whoever is still needed.
 * @throws ProblemAnswer when the form or a signature is refused; NotRecorded when the ledger refuses
 */
export async function command(team: Team, path: string, form: unknown): Promise<Operation> {
  let operation = await team.maker.sign(await team.maker.draft(path, form), 'maker');
  for (const role of ['risk', 'checker'] as const) {
    const session = team[role];
    if (session === undefined || !operation.needs.includes(role) || operation.state !== 'toCheck') continue;
    operation = await session.sign(await session.get<Operation>(`/operations/${operation.id}`), role);
  }
  const ended = operation.state === 'recorded' ? operation : await team.maker.settled(operation.id);
  if (ended.state !== 'recorded') throw new NotRecorded(ended);
  return ended;
}
