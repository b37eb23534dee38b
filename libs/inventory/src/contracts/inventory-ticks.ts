import { defineTick } from '@app/messaging';

/** Time to compare the levels of all products with their ledger. */
export const CompareStockDue = defineTick('compare_stock');
