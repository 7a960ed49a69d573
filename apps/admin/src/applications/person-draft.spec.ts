import { usccCheckCharacter } from '@tallystick/domain';
import { complaintsOf, type FirmDraft, type PersonDraft } from './person-draft';

const CODE = '91000000MA0000000';
const person = (key: string, roles: PersonDraft['roles']): PersonDraft => ({
  key,
  displayName: key,
  user: `user.${key}`,
  password: 'correct horse',
  roles,
});
const firm: FirmDraft = {
  id: CODE + String(usccCheckCharacter(CODE)),
  name: '虚构公司',
  nameEn: 'Invented Co.',
  kind: 'SUPPLIER',
  host: 'Org1MSP',
  people: [person('a', ['maker']), person('b', ['checker'])],
};

describe('a firm that applies', () => {
  it('may apply with everything filled in', () => {
    expect(complaintsOf(firm)).toEqual({});
  });

  it('gives a credit code whose check character is right', () => {
    const wrong = firm.id.slice(0, 17) + (firm.id.endsWith('0') ? '1' : '0');
    expect(complaintsOf({ ...firm, id: wrong })).toEqual({ 'subject.id': 'id' });
  });

  it('has one who prepares and another who checks', () => {
    const alone = { ...firm, people: [person('a', ['maker', 'checker'])] };
    expect(complaintsOf(alone)).toEqual({ users: 'twoSigners' });
    expect(complaintsOf({ ...firm, people: [person('a', ['maker']), person('b', ['viewer'])] })).toHaveProperty(
      'users',
    );
  });

  it('gives every person a name, a user of its own, a long password and a role', () => {
    const people = [...firm.people, { ...person('a', []), key: 'c', displayName: ' ', password: 'short' }];
    expect(complaintsOf({ ...firm, people })).toEqual({
      'users.2.displayName': 'displayName',
      'users.2.user': 'userTwice',
      'users.2.password': 'password',
      'users.2.roles': 'roles',
    });
    expect(complaintsOf({ ...firm, people: [{ ...firm.people[0]!, user: 'A B' }, firm.people[1]!] })).toEqual({
      'users.0.user': 'user',
    });
  });
});
