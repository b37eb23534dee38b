import { randomUUID } from 'node:crypto';
import { DeadLettersRepository } from '@app/messaging';
import { type TestApi, testApi } from '../support/api';
import { runCli } from '../support/cli';

describe('the dead letters API', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await testApi();
  });
  afterAll(async () => {
    await api?.close();
  });

  const keep = async (envelope?: unknown) => {
    const id = randomUUID();
    const event = {
      id,
      type: 'order.placed.v1',
      occurred_at: new Date().toISOString(),
      aggregate_id: randomUUID(),
      aggregate_version: 1,
      correlation_id: 'test',
      payload: { order_id: randomUUID() },
    };
    await api.app.get(DeadLettersRepository, { strict: false }).keep({
      id,
      queue: 'fulfillment',
      type: event.type,
      envelope: envelope ?? event,
      code: 'TEST',
      reason: 'because',
      attempts: 3,
    });
    return id;
  };
  const resolve = async (id: string, action: string) => {
    const response = await api.request(`/api/v1/dead_letters/${id}/${action}/`, { method: 'POST' });
    return { status: response.status, body: (await response.json()) as { code?: string; resolution?: string } };
  };
  const list = async (query = '') =>
    (await (await api.request(`/api/v1/dead_letters/?${query}`)).json()) as {
      count: number;
      results: { id: string }[];
      next: string | null;
    };

  it('lists the open ones newest first, page by page', async () => {
    const ids = [await keep(), await keep(), await keep()].reverse();
    for (const [index, id] of ids.entries())
      await api.database.query(
        `update messaging.dead_letters set created_at = now() - $2 * interval '1 minute' where id = $1`,
        [id, index],
      );
    const first = await list('page_size=2');
    expect(first.count).toBe(3);
    const second = await list(new URL(first.next!).search.slice(1));
    expect([...first.results, ...second.results].map(({ id }) => id)).toEqual(ids);
    expect((await (await api.request(`/api/v1/dead_letters/${ids[0]}/`)).json()) as object).toMatchObject({
      id: ids[0],
      reason: 'because',
      attempts: 3,
      resolution: null,
      resolved_by: null,
    });
  });

  it('sends one again under its own id, once', async () => {
    const id = await keep();
    expect(await resolve(id, 'replay')).toMatchObject({
      status: 200,
      body: { resolution: 'replayed', resolved_by: 'api' },
    });
    expect(
      await api.database.query(`select type from messaging.outbox where id = $1 and published_at is null`, [id]),
    ).toEqual([{ type: 'order.placed.v1' }]);
    expect(await resolve(id, 'replay')).toMatchObject({ status: 409, body: { code: 'DEAD_LETTER_RESOLVED' } });
    expect(await resolve(id, 'discard')).toMatchObject({ status: 409 });
    expect((await list()).results.map((letter) => letter.id)).not.toContain(id);
    expect((await list('include_resolved=true')).results.map((letter) => letter.id)).toContain(id);
  });

  it('is open again when it fails again', async () => {
    const id = await keep();
    await resolve(id, 'replay');
    const deadLetters = api.app.get(DeadLettersRepository, { strict: false });
    await deadLetters.keep({ ...(await deadLetters.get(id)), reason: 'again' });
    expect(await deadLetters.get(id)).toMatchObject({
      reason: 'again',
      resolution: null,
      resolvedAt: null,
      resolvedBy: null,
    });
  });

  it('says that a command has resolved one', async () => {
    const id = await keep();
    expect(await runCli(api.database.url, ['dead-letters', 'discard', id])).toMatchObject({ code: 0 });
    const { output } = await runCli(api.database.url, ['dead-letters', 'show', id]);
    expect(JSON.parse(output)).toMatchObject({ resolution: 'discarded', resolvedBy: 'cli' });
  });

  it('cannot replay what never was an event, but discard it', async () => {
    const id = await keep({ nonsense: true });
    expect(await resolve(id, 'replay')).toMatchObject({ status: 409, body: { code: 'DEAD_LETTER_UNREADABLE' } });
    expect(await resolve(id, 'discard')).toMatchObject({ status: 200, body: { resolution: 'discarded' } });
    expect(await api.database.query(`select 1 from messaging.outbox where id = $1`, [id])).toEqual([]);
  });

  it('answers 404 for one that does not exist', async () => {
    expect(await resolve(randomUUID(), 'replay')).toMatchObject({ status: 404 });
  });
});
