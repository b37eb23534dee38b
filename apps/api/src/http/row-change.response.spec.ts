import { Order } from '@app/orders';
import { Product } from '@app/products';
import { getMetadataArgsStorage } from 'typeorm';
import { ORDER_COLUMNS } from '../orders/order-change.response';
import { PRODUCT_COLUMNS } from '../products/product-change.response';
import { toRowChange } from './row-change.response';

const row = {
  version: 2,
  updated_at: '2026-11-20T11:00:00.5+01:00',
  changed_by: 'api',
  request_id: 'r',
  change_reason: null,
};
const columnsOf = (entity: Function) =>
  getMetadataArgsStorage()
    .columns.filter(({ target }) => target === entity)
    .map(({ options, propertyName }) => options.name ?? propertyName);

describe('changes as the API tells them', () => {
  it('have the names and values of the API, and nothing from inside', () => {
    const changes = [
      { field: 'total_minor', from: 100, to: 9999 },
      { field: 'priority', from: 2, to: 1 },
      { field: 'completed_at', from: null, to: '2026-11-20T11:00:00.25+01:00' },
      { field: 'put_backs', from: 0, to: 1 },
      { field: 'a_column_that_came_later', from: 1, to: 2 },
    ];
    expect(toRowChange({ row, type: 'updated', changes }, ORDER_COLUMNS)).toEqual({
      changed_date: '2026-11-20T10:00:00.500Z',
      version: 2,
      changed_by: 'api',
      change_type: 'updated',
      change_reason: null,
      request_id: 'r',
      changes: [
        { field: 'total_amount', from: '1.00', to: '99.99' },
        { field: 'priority', from: 'normal', to: 'high' },
        { field: 'completed_at', from: null, to: '2026-11-20T10:00:00.250Z' },
      ],
    });
  });

  it.each([
    ['an order', Order, ORDER_COLUMNS],
    ['a product', Product, PRODUCT_COLUMNS],
  ])('decide about every column of %s', (_, entity, columns) => {
    expect(Object.keys(columns).sort()).toEqual(columnsOf(entity).sort());
  });
});
