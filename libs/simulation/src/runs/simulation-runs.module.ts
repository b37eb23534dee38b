import { MessagingModule } from '@app/messaging';
import { CONFIG, type Config, requireContext, requireMigrated } from '@app/platform';
import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AddRow } from '../entity-rows/add-row';
import { ChangeRow } from '../entity-rows/change-row';
import { ReadRows } from '../entity-rows/read-rows';
import { RemoveRow } from '../entity-rows/remove-row';
import { RowStores } from '../entity-rows/row-stores';
import { SIMULATION_MIGRATIONS } from '../migrations';
import { RunSimulation } from '../run/run-simulation';
import { CarryOutRun } from './carry-out-run';
import { RequestRun } from './request-run';
import { RunsRepository } from './runs.repository';
import { SweepStaleRuns } from './sweep-stale-runs';

const PUBLIC = [CarryOutRun, RequestRun, RunsRepository, SweepStaleRuns, AddRow, ChangeRow, ReadRows, RemoveRow];

/** Simulations as jobs, stored in the product's own database and carried out by a worker; and single rows of their stores. */
@Module({ imports: [MessagingModule], providers: [...PUBLIC, RunSimulation, RowStores], exports: PUBLIC })
export class SimulationRunsModule implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly dataSource: DataSource,
  ) {}

  onModuleInit(): Promise<void> {
    requireContext(this.config, 'simulation');
    return requireMigrated(this.dataSource, SIMULATION_MIGRATIONS);
  }
}
