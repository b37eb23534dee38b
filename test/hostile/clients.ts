import { HOSTILE_BODIES } from './bodies';
import { HOSTILE_CONNECTIONS } from './connections';
import type { HostileClient } from './hostile-client';

export const HOSTILE_CLIENTS: readonly HostileClient[] = [...HOSTILE_BODIES, ...HOSTILE_CONNECTIONS];
