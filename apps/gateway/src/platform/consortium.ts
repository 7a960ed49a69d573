export { chaincodePolicy, readConsortium, type Consortium } from '@tallystick/network';
