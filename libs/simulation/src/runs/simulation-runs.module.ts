import { MessagingModule } from '@app/messaging';
import { requireMigrated } from '@app/platform';
import { Module, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SIMULATION_MIGRATIONS } from '../migrations';
import { SimulationModule } from '../simulation.module';
import { CarryOutRun } from './carry-out-run';
import { RequestRun } from './request-run';
import { RunsRepository } from './runs.repository';
import { SweepStaleRuns } from './sweep-stale-runs';

const PUBLIC = [CarryOutRun, RequestRun, RunsRepository, SweepStaleRuns];

/** Simulations as jobs: stored in the product's own database, carried out by a worker. */
@Module({ imports: [MessagingModule, SimulationModule], providers: PUBLIC, exports: PUBLIC })
export class SimulationRunsModule implements OnModuleInit {
  constructor(private readonly dataSource: DataSource) {}

  onModuleInit(): Promise<void> {
    return requireMigrated(this.dataSource, SIMULATION_MIGRATIONS);
  }
}
