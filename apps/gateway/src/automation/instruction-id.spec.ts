import { InstructionId } from '@tallystick/protocol';
import { serviceInstructionId } from './instruction-id';

describe('ids of service instructions', () => {
  it('are the same for the same purpose, others for another, and valid on the wire', () => {
    const one = serviceInstructionId('CoreMSP', 'release', 'x', '0');
    expect(serviceInstructionId('CoreMSP', 'release', 'x', '0')).toBe(one);
    expect(serviceInstructionId('CoreMSP', 'release', 'x', '1')).not.toBe(one);
    expect(serviceInstructionId('CoreMSP', 'releasex', '0')).not.toBe(one);
    for (let index = 0; index < 50; index++) InstructionId.parse(serviceInstructionId('a', String(index)));
  });
});
