import { Module } from '@nestjs/common';
import { RunSimulation } from './run/run-simulation';

/** The lab: nothing in it needs the shop's database. */
@Module({ providers: [RunSimulation], exports: [RunSimulation] })
export class SimulationModule {}
