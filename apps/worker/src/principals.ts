import { Principal } from '@app/platform';

/** Who carries out what events ask for. */
export const WORKER = Principal.system('worker');

/** Who acts when a slot of the schedule is reached: the worker only carries out what is due. */
export const SCHEDULER = Principal.system('scheduler');
