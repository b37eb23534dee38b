import type { ContextMigrations } from '@app/platform';
import { Counters1764400000000 } from './1764400000000-counters';

export const THROTTLING_MIGRATIONS: ContextMigrations = { context: 'throttling', migrations: [Counters1764400000000] };
