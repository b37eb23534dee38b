import type { ContextMigrations } from '@app/platform';
import { Versions1763600000000 } from './1763600000000-versions';
import { CleanUps1763600100000 } from './1763600100000-clean-ups';
import { ChangesByActor1764440000000 } from './1764440000000-changes-by-actor';

export const AUDIT_MIGRATIONS: ContextMigrations = {
  context: 'audit',
  migrations: [Versions1763600000000, CleanUps1763600100000, ChangesByActor1764440000000],
};
