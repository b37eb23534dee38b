import type { HistoryEntry } from '../workload/history';
import {
  checkCancels,
  checkExistence,
  checkHistories,
  checkRefusals,
  checkReplies,
  checkServerErrors,
  checkVersions,
  type StoredOrder,
} from './check-histories';

const stored = (given: Partial<StoredOrder> = {}): StoredOrder => ({
  id: 'order-1',
  wish: 'wish 1',
  status: 'delivered',
  version: 4,
  ...given,
});

/** One request: its invocation and, unless undefined, its outcome. */
let requests = 0;
function request(at: number, given: Partial<HistoryEntry>, outcome?: Partial<HistoryEntry>): HistoryEntry[] {
  const common = { request: ++requests, kind: 'place' as const, wish: 'wish 1', api: 'a', ...given };
  const invoked: HistoryEntry = { ...common, at, outcome: 'invoke' };
  return outcome ? [invoked, { ...common, at: at + 5, outcome: 'ok', ...outcome }] : [invoked];
}
const placed = (body = '{"order_id":"order-1"}') => request(0, {}, { status: 201, orderId: 'order-1', body });

describe('checking what customers saw', () => {
  it('accepts a history in which everything is well', () => {
    const history = [
      ...placed(),
      ...request(10, { kind: 'repeat' }, { status: 201, orderId: 'order-1', body: '{"order_id":"order-1"}' }),
      ...request(20, { kind: 'reuse' }, { outcome: 'fail', status: 422 }),
      ...request(30, { kind: 'read' }, { status: 200, orderId: 'order-1', version: 2 }),
      ...request(50, { kind: 'read' }, { status: 200, orderId: 'order-1', version: 2 }),
      ...request(60, { wish: 'wish 2' }, { outcome: 'fail', status: 409, code: 'INVENTORY_INSUFFICIENT_STOCK' }),
    ];
    const broken = checkHistories(history, [stored()], []).filter(({ holds }) => !holds);
    expect(broken).toEqual([]);
  });

  describe('I2 is broken by', () => {
    it('a 201 whose order is not there', () => expect(checkExistence(placed(), []).breaches).toBe(1));
    it('a 201 whose wish has another order', () =>
      expect(checkExistence(placed(), [stored({ id: 'order-2' })]).breaches).toBe(1));
    it('two orders for one wish', () =>
      expect(checkExistence(placed(), [stored(), stored({ id: 'order-2' })]).breaches).toBe(1));
    it('an order for a wish that was refused', () => {
      const refused = request(0, {}, { outcome: 'fail', status: 409 });
      expect(checkExistence(refused, [stored()]).examples).toEqual(['wish 1: refused, and order order-1 exists']);
    });
    it('two orders after an unknown outcome, while one or none is fine', () => {
      const unknown = request(0, {}, { outcome: 'unknown' });
      expect(checkExistence(unknown, []).breaches).toBe(0);
      expect(checkExistence(unknown, [stored()]).breaches).toBe(0);
      expect(checkExistence(unknown, [stored(), stored({ id: 'order-2' })]).breaches).toBe(1);
    });
    it('an order after a 503, unless that says that the outcome is not known', () => {
      const told = (code: string) => request(0, {}, { outcome: 'unknown', status: 503, code });
      expect(checkExistence(told('SERVICE_UNAVAILABLE'), [stored()]).breaches).toBe(1);
      expect(checkExistence(told('COMMIT_OUTCOME_UNKNOWN'), [stored()]).breaches).toBe(0);
    });
    it('an order that nobody wanted', () => expect(checkExistence([], [stored()]).breaches).toBe(1));
    it('an order that goes on after its cancel was confirmed', () => {
      const cancelled = request(0, { kind: 'cancel', orderId: 'order-1' }, { status: 200 });
      expect(checkCancels(cancelled, [stored({ status: 'cancelled' })]).breaches).toBe(0);
      expect(checkCancels(cancelled, [stored()]).breaches).toBe(1);
    });
  });

  it('a refusal for any other reason than a lack of stock is a breach, and so is serving nobody', () => {
    const invalid = request(10, { wish: 'wish 2' }, { outcome: 'fail', status: 400, code: 'VALIDATION_FAILED' });
    expect(checkRefusals([...placed(), ...invalid]).examples).toEqual(['wish 2: 400 VALIDATION_FAILED']);
    expect(checkRefusals([]).examples).toEqual(['nobody was served']);
  });

  it('I9 is broken by a repetition with other bytes or a refusal, and by a key that serves two bodies', () => {
    const repeat = (outcome: Partial<HistoryEntry>) => request(10, { kind: 'repeat' }, outcome);
    expect(checkReplies([...placed(), ...repeat({ status: 201, body: '{"order_id": "order-1"}' })]).breaches).toBe(1);
    expect(checkReplies([...placed(), ...repeat({ outcome: 'fail', status: 404 })]).breaches).toBe(1);
    expect(checkReplies(request(20, { kind: 'reuse' }, { status: 201 })).breaches).toBe(1);
  });

  it('I10 is broken by an older version after a newer one, but not by two reads that overlap', () => {
    const read = (at: number, version: number) =>
      request(at, { kind: 'read' }, { status: 200, orderId: 'order-1', version });
    expect(checkVersions([...read(0, 3), ...read(10, 2)]).examples).toEqual(['order order-1: version 2 after 3']);
    const [first, second] = [read(0, 3), read(2, 2)] as [HistoryEntry[], HistoryEntry[]];
    expect(checkVersions([first[0]!, second[0]!, first[1]!, second[1]!]).breaches).toBe(0);
  });

  describe('I13 is broken by', () => {
    const error = (at: number, given: Partial<HistoryEntry> = {}) =>
      request(at, {}, { outcome: 'unknown', status: 503, code: 'SERVICE_UNAVAILABLE', ...given });

    it('a 5xx without a fault, or longer than 15 s after it', () => {
      expect(checkServerErrors(error(100), []).breaches).toBe(1);
      expect(checkServerErrors(error(100), [{ from: 200, until: 300 }]).breaches).toBe(1);
      expect(checkServerErrors(error(250), [{ from: 200, until: 300 }]).breaches).toBe(0);
      expect(checkServerErrors(error(15_200), [{ from: 200, until: 300 }]).breaches).toBe(0);
      expect(checkServerErrors(error(15_400), [{ from: 200, until: 300 }]).breaches).toBe(1);
    });
    it('a connection that was lost without a fault', () =>
      expect(checkServerErrors(error(100, { status: undefined, code: 'ECONNRESET' }), []).breaches).toBe(1));
    it('a 5xx that is no problem document, even during a fault', () => {
      const malformed = error(250, { malformed: true });
      expect(checkServerErrors(malformed, [{ from: 200, until: 300 }]).breaches).toBe(1);
    });
  });
});
