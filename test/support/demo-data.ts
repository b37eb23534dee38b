import { CreateStockedProducts } from '@app/inventory';
import type { INestApplicationContext } from '@nestjs/common';
import { addDemoOrders } from '../../apps/cli/src/demo/add-demo-orders';
import { demoProduct } from '../../apps/cli/src/demo/catalogue';
import { TESTER } from './principals';

const PRODUCTS = 50;

/** Products 1 to 50 and some orders, as `npm start` adds them to an empty database. */
export async function addDemoShop(app: INestApplicationContext): Promise<void> {
  await addDemoData(app);
  await addDemoOrders(app);
}

/** The products of it alone. */
export async function addDemoData(app: INestApplicationContext): Promise<void> {
  const products = Array.from({ length: PRODUCTS }, (_, index) => demoProduct(index));
  await app.get(CreateStockedProducts, { strict: false }).execute(products, { principal: TESTER });
}
