import type { ContextMigrations } from '@app/platform';
import { Identity1764430000000 } from './1764430000000-identity';
import { SecurityEventsByActor1764440300000 } from './1764440300000-security-events-by-actor';

export const IDENTITY_MIGRATIONS: ContextMigrations = {
  context: 'identity',
  migrations: [Identity1764430000000, SecurityEventsByActor1764440300000],
};
