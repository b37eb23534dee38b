import { rowsFromCsv } from './rows-from-csv';

const HEADER = 'entity,id,name,email,price,user_id,product_id,quantity';

describe('rows from a file', () => {
  it('are read with what each entity has', () => {
    const text = `﻿${HEADER}\nuser,1,"Doe, Jane",jane@example.com\nproduct,1,Laptop,,999.50\nproduct,2,Gift\norder,1,,,,1,2,3\n`;
    expect(rowsFromCsv(text)).toEqual({
      users: [{ id: 1, name: 'Doe, Jane', email: 'jane@example.com' }],
      products: [
        { id: 1, name: 'Laptop', price: 999.5 },
        { id: 2, name: 'Gift', price: null },
      ],
      orders: [{ id: 1, user_id: 1, product_id: 2, quantity: 3 }],
    });
  });

  it.each([
    [`${HEADER}\nclient,1,Jane`, 'Line 2: entity must be one of user, product, order, and is "client".'],
    [`${HEADER}\nuser,one,Jane,j@example.com`, 'line 2, id: Must be a'],
    [`${HEADER}\nuser,1,A,a@example.com\norder,2,,,,1,1,many`, 'line 3, quantity: Must be a'],
    [`${HEADER}\n`, 'rows: At least one row is required.'],
    [`${HEADER}\nuser,1,"open`, 'The rows cannot be read: Quote Not Closed'],
  ])('are refused with the line: %j', (text, sentence) => {
    expect(() => rowsFromCsv(text)).toThrow(sentence);
  });
});
