import { Principal } from '@app/platform';

/** Whoever runs a command: who may do that is decided by the machine and by the database, not here. */
export const OPERATOR = Principal.system('cli');
