import { driftTable, stockDrift } from './drift-table';

describe('the table of drift', () => {
  it('has one line per product, with what differs from the ledger and from the reservations', () => {
    const drift = stockDrift(
      [{ productId: 12, onHand: 1500, reserved: 2, ledgerOnHand: 2000, ledgerReserved: 2 }],
      [
        { productId: 3, onHand: 10, reserved: 4, held: 0 },
        { productId: 12, onHand: 1500, reserved: 2, held: 5 },
      ],
    );
    expect(driftTable(drift).split('\n')).toEqual([
      'product  on hand  ledger  reserved  ledger  held by orders',
      '      3       10       =         4       =               0',
      '     12    1,500   2,000         2       =               5',
    ]);
  });
});
