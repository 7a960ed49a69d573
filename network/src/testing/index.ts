export { Application } from './application';
export { clientsOf, foundOn, runningNetwork } from './consortium-on-fabric';
export { runInstead } from './rogue';
