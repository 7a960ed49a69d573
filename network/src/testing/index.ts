export { Application } from './application';
export { clientsOf, foundOn, runningNetwork } from './consortium-on-fabric';
export { allEndorse, caughtUp, chaincodeProcess, frozen, gone, killed, leader, wiped } from './faults';
export { runInstead } from './rogue';
