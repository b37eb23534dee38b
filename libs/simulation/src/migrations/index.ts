import type { ContextMigrations } from '@app/platform';
import { SimulationRuns1764400000000 } from './1764400000000-simulation-runs';

export const SIMULATION_MIGRATIONS: ContextMigrations = {
  context: 'simulation_runs',
  migrations: [SimulationRuns1764400000000],
};
