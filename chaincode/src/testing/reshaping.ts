import { isDeepStrictEqual } from 'node:util';
import { ContractRefusal } from '@tallystick/ledger';
import type { Request, SignedInstruction } from '@tallystick/protocol';
import type { Consortium, Sending } from './consortium';

/** A request in another shape: nothing in it is altered, but something is missing, doubled, exchanged or new. */
type Reshaping = (request: Request) => Request[];

const without = <T>(list: readonly T[], index: number): T[] => list.filter((_, at) => at !== index);
const reversed = <T>(list: readonly T[]): T[] => [...list].reverse();

/** One variant for each instruction, where it can be changed that way. */
const eachInstruction =
  (change: (signed: SignedInstruction) => SignedInstruction[]): Reshaping =>
  (request) =>
    request.instructions.flatMap((signed, index) =>
      change(signed).map((changed) => ({ ...request, instructions: request.instructions.with(index, changed) })),
    );

const exchanged = ({ signatures: [first, second, ...rest], ...signed }: SignedInstruction): SignedInstruction[] =>
  first === undefined || second === undefined
    ? []
    : [{ ...signed, signatures: [{ ...first, sig: second.sig }, { ...second, sig: first.sig }, ...rest] }];

const rolesExchanged = ({ signatures: [first, second, ...rest], ...signed }: SignedInstruction): SignedInstruction[] =>
  first === undefined || second === undefined
    ? []
    : [{ ...signed, signatures: [{ ...first, role: second.role }, { ...second, role: first.role }, ...rest] }];

export const RESHAPINGS: Readonly<Record<string, Reshaping>> = {
  'signatures exchanged between keys': eachInstruction(exchanged),
  'roles exchanged between keys': eachInstruction(rolesExchanged),
  'a signature left out': eachInstruction((signed) =>
    signed.signatures.map((_, index) => ({ ...signed, signatures: without(signed.signatures, index) })),
  ),
  'a signature twice': eachInstruction((signed) =>
    signed.signatures.map((each) => ({ ...signed, signatures: [...signed.signatures, each] })),
  ),
  'signatures in another order': eachInstruction((signed) =>
    signed.signatures.length < 2 ? [] : [{ ...signed, signatures: reversed(signed.signatures) }],
  ),
  'the secret left out': eachInstruction((signed) => (signed.secret === null ? [] : [{ ...signed, secret: null }])),
  'another instruction id': eachInstruction((signed) => {
    const id = signed.instruction.id.slice(0, -1) + (signed.instruction.id.endsWith('0') ? '1' : '0');
    return [{ ...signed, instruction: { ...signed.instruction, id } }];
  }),
  'an instruction left out': (request) =>
    request.instructions.map((_, index) => ({ ...request, instructions: without(request.instructions, index) })),
  'an instruction twice': (request) =>
    request.instructions.map((each) => ({ ...request, instructions: [...request.instructions, each] })),
  'signatures exchanged between instructions': (request) => {
    const [first, second, ...rest] = request.instructions;
    if (first === undefined || second === undefined) return [];
    const instructions = [
      { ...first, signatures: second.signatures },
      { ...second, signatures: first.signatures },
      ...rest,
    ];
    return [{ ...request, instructions }];
  },
  'a member’s proof left out': (request) =>
    request.members.map((_, index) => ({ ...request, members: without(request.members, index) })),
  'a member’s proof twice': (request) =>
    request.members.map((each) => ({ ...request, members: [...request.members, each] })),
  'proofs exchanged between members': ({ members: [first, second, ...rest], ...request }) =>
    first === undefined || second === undefined
      ? []
      : [
          {
            ...request,
            members: [{ ...first, proof: second.proof }, { ...second, proof: first.proof }, ...rest],
          },
        ],
  'members in another order': (request) =>
    request.members.length < 2 ? [] : [{ ...request, members: reversed(request.members) }],
  'a stranger among the readers': (request) => [{ ...request, readers: [...request.readers, 'StrangerMSP'] }],
  'a reader twice': (request) => request.readers.map((each) => ({ ...request, readers: [...request.readers, each] })),
  'a reader left out': (request) =>
    request.readers.map((_, index) => ({ ...request, readers: without(request.readers, index) })),
  'a part of the context left out': (request) =>
    Object.keys(request.context).map((key) => {
      const { [key]: _, ...context } = request.context;
      return { ...request, context };
    }),
  'something new in the context': (request) => [{ ...request, context: { ...request.context, extra: '1' } }],
  'something new beside the request': (request) => [{ ...request, extra: '1' } as Request],
};

/** Names of the reshapings that the contract lets pass, at least once. @throws Error when a reshaping breaks the contract */
export async function reshapingsAccepted(consortium: Consortium, call: Sending): Promise<string[]> {
  const request = consortium.request(call);
  const accepted: string[] = [];
  for (const [name, reshape] of Object.entries(RESHAPINGS)) {
    // Two firms alone on their hosts have the same proof: to exchange them is no change.
    for (const reshaped of reshape(request).filter((each) => !isDeepStrictEqual(each, request))) {
      const isAccepted = await consortium.tryRequest(call, reshaped).then(
        () => true,
        (error: unknown) => {
          if (error instanceof ContractRefusal) return false;
          throw new Error(`${name}: the contract broke`, { cause: error });
        },
      );
      if (isAccepted && !accepted.includes(name)) accepted.push(name);
    }
  }
  return accepted;
}
