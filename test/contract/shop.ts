import { randomUUID } from 'node:crypto';
import { DeadLettersRepository } from '@app/messaging';
import { newId, Transactions } from '@app/platform';
import { RequestRun, RunsRepository, toReportDocument } from '@app/simulation';
import type { TestApi } from '../support/api';
import { addDemoData } from '../support/demo-data';
import { TESTER } from '../support/principals';
import { aRunReport } from '../support/simulation-report';

/** A shop in which there is something to find for every path: the demo products, orders, and jobs that failed. */
export async function openShop(api: TestApi, size: number): Promise<unknown[]> {
  await addDemoData(api.app);
  const deadLetters = api.app.get(DeadLettersRepository, { strict: false });
  const found: unknown[] = [];
  for (let index = 0; index < size; index++) {
    const order = {
      customer_name: 'John Doe',
      customer_email: 'john@example.com',
      items: [{ product_id: 1 + (index % 3), quantity: 1 }],
    };
    const placed = await api.post('/api/v1/orders/', order);
    found.push(await placed.json());
    const batch = await api.post('/api/v1/orders/bulk_create/', { orders: [order] });
    found.push(await batch.json());
    const letter = aDeadLetter();
    await deadLetters.keep(letter);
    found.push({ id: letter.id });
    found.push(await aFinishedSimulation(api));
  }
  return found;
}

/** One with a report, as a worker would leave it. */
async function aFinishedSimulation({ app }: TestApi): Promise<{ id: string }> {
  const get = <Class>(type: new (...given: never[]) => Class) => app.get<Class>(type, { strict: false });
  const { id } = await get(RequestRun).execute({}, { principal: TESTER, requestId: newId() });
  const runs = get(RunsRepository);
  await get(Transactions).run(async (tx) => {
    const run = await runs.begin(tx, id);
    const report = JSON.stringify(toReportDocument(aRunReport({ runId: id })));
    await runs.complete(tx, run!, { insertedRows: 26, failedRows: 4, report, pdf: Buffer.from('%PDF-') });
  });
  return { id };
}

function aDeadLetter() {
  const id = randomUUID();
  const envelope = {
    id,
    type: 'order.placed.v1',
    occurred_at: new Date().toISOString(),
    aggregate_id: randomUUID(),
    aggregate_version: 1,
    correlation_id: 'test',
    payload: {},
  };
  return { id, queue: 'fulfillment', type: envelope.type, envelope, code: 'TEST', reason: 'because', attempts: 3 };
}
