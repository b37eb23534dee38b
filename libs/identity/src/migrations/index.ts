import type { ContextMigrations } from '@app/platform';
import { Identity1764430000000 } from './1764430000000-identity';

export const IDENTITY_MIGRATIONS: ContextMigrations = {
  context: 'identity',
  migrations: [Identity1764430000000],
};
