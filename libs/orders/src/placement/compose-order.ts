import type { DomainError, FieldError } from '@app/platform';
import { InsufficientStockError, type ReservableStock, type Shortage, type StockRequest } from '@app/inventory';
import type { ProductForSale } from '@app/products';
import { RepeatedProductError, UnknownProductError } from '../errors';
import { Order } from '../order.entity';
import { OrderLine } from '../order-line.entity';
import { ORDER_PRIORITIES } from '../order-priority';
import { OrderStatus } from '../order-status';
import type { PlacedOrder, PlacementRequest } from './placement';

/** Set with the stock: what is rendered then is the time of the transaction. */
const NOT_YET = new Date(Number.NaN);

/**
 * The order and lines of a request: everything but its stock and its times. Throws RepeatedProductError or UnknownProductError
 * with one entry per line.
 */
export function composeOrder(request: PlacementRequest, products: ReadonlyMap<number, ProductForSale>): PlacedOrder {
  refuseRepeatedProducts(request);
  refuseUnknownProducts(request, products);
  const lines = request.lines.map(({ productId, quantity }, index) => {
    const product = products.get(productId)!;
    return Object.assign(new OrderLine(), {
      orderId: request.orderId,
      lineNo: index + 1,
      productId,
      productSku: product.sku,
      productName: product.name,
      quantity,
      unitPriceMinor: product.priceMinor,
    } satisfies OrderLine);
  });
  return { order: newOrder(request, lines, products), lines };
}

/**
 * Reserves all lines of a composed order on what the orders before it left, or none. Throws UnknownProductError or
 * InsufficientStockError with one entry per line.
 */
export function reserveStock(placed: PlacedOrder, stock: ReservableStock): void {
  const [outcome] = stock.reserve([stockRequestOf(placed)]);
  if (outcome!.result === 'short') throw stockError(outcome!.shortages, placed.lines);
  setTimes(placed.order, stock.transactionTime!);
}

/** What an order asks the stock for. */
export function stockRequestOf({ order, lines }: PlacedOrder): StockRequest {
  return { orderId: order.id, lines, processedBy: order.changedBy };
}

/** The order is placed at the time of its transaction. */
export function setTimes(order: Order, transactionTime: Date): void {
  order.statusSince = order.createdAt = order.updatedAt = transactionTime;
}

// Not left to the primary key of the reservations: that would refuse the whole batch, neighbours included.
function refuseRepeatedProducts({ lines }: PlacementRequest): void {
  const seen = new Set<number>();
  const problems: FieldError[] = [];
  lines.forEach(({ productId }, index) => {
    if (seen.has(productId))
      problems.push({
        field: `items[${index}].product_id`,
        code: 'repeated_product',
        message: `Product ${productId} is on an earlier line already.`,
      });
    seen.add(productId);
  });
  if (problems.length > 0) throw new RepeatedProductError(problems);
}

function refuseUnknownProducts({ lines }: PlacementRequest, products: ReadonlyMap<number, ProductForSale>): void {
  const problems: FieldError[] = [];
  lines.forEach(({ productId }, index) => {
    const product = products.get(productId);
    if (!product) problems.push(unknownProduct(productId, index));
    else if (!product.isActive)
      problems.push({
        field: `items[${index}].product_id`,
        code: 'inactive_product',
        message: `${product.name} is not for sale.`,
      });
  });
  if (problems.length > 0) throw new UnknownProductError(problems);
}

function unknownProduct(productId: number, index: number): FieldError {
  return {
    field: `items[${index}].product_id`,
    code: 'unknown_product',
    message: `Product ${productId} does not exist.`,
  };
}

function stockError(shortages: readonly Shortage[], lines: readonly OrderLine[]): DomainError {
  const unknown = shortages.filter(({ available }) => available === undefined);
  if (unknown.length > 0)
    return new UnknownProductError(unknown.map(({ index }) => unknownProduct(lines[index]!.productId, index)));
  return new InsufficientStockError(
    shortages.map(({ index, available }) => ({
      field: `items[${index}].quantity`,
      code: 'insufficient_stock',
      message: `Insufficient stock for ${lines[index]!.productName}. Available: ${available}, Requested: ${lines[index]!.quantity}`,
    })),
  );
}

function newOrder(
  request: PlacementRequest,
  lines: readonly OrderLine[],
  products: ReadonlyMap<number, ProductForSale>,
): Order {
  return Object.assign(new Order(), {
    id: request.orderId,
    customerName: request.customerName,
    customerEmail: request.customerEmail,
    userId: request.userId ?? null,
    declaredTotalMinor: request.declaredTotalMinor ?? null,
    batchId: request.batchId ?? null,
    status: OrderStatus.pending,
    priority: ORDER_PRIORITIES[request.priority],
    totalMinor: lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0),
    currency: products.get(lines[0]!.productId)!.currency,
    lineCount: lines.length,
    shippingAddress: request.shippingAddress,
    billingAddress: request.billingAddress,
    paymentMethod: request.paymentMethod,
    notes: request.notes,
    externalReference: request.externalReference,
    trackingNumber: null,
    failureReason: null,
    putBacks: 0,
    statusSince: NOT_YET,
    processingStartedAt: null,
    completedAt: null,
    version: 1,
    createdAt: NOT_YET,
    updatedAt: NOT_YET,
    changedBy: request.principal.text,
    requestId: request.requestId,
    changeReason: null,
  } satisfies Order);
}
