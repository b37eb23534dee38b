import type { EventConsumer, EventEnvelope } from '@app/messaging';
import { CarryOutRun, type SimulationRunPayload } from '@app/simulation';
import { Injectable } from '@nestjs/common';

/** Carries out a stored run of the insertion simulation. */
@Injectable()
export class CarryOutSimulationConsumer implements EventConsumer<SimulationRunPayload> {
  constructor(private readonly work: CarryOutRun) {}

  async handle({ payload }: EventEnvelope<SimulationRunPayload>): Promise<void> {
    await this.work.execute(payload.run_id);
  }
}
