import type { EventConsumer, EventEnvelope } from '@app/messaging';
import { CarryOutRun, type SimulationRunPayload } from '@app/simulation';
import { Injectable } from '@nestjs/common';

/** Begins a stored run of the insertion simulation, which goes on when the job has ended. */
@Injectable()
export class CarryOutSimulationConsumer implements EventConsumer<SimulationRunPayload> {
  constructor(private readonly work: CarryOutRun) {}

  async handle({ payload }: EventEnvelope<SimulationRunPayload>): Promise<void> {
    await this.work.execute(payload.run_id);
  }
}
