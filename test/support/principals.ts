import { Principal } from '@app/platform';

/** Who does what a test does. */
export const TESTER = Principal.system('test');
