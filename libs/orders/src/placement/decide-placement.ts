import { type FieldError } from '@app/platform';
import { InsufficientStockError, type LockedStock } from '@app/inventory';
import type { ProductForSale } from '@app/products';
import { RepeatedProductError, UnknownProductError } from '../errors';
import { Order } from '../order.entity';
import { OrderLine } from '../order-line.entity';
import { ORDER_PRIORITIES } from '../order-priority';
import type { PlacedOrder, PlacementRequest } from './placement';

/**
 * Decides one order on what the orders before it in the batch left: all its lines are reserved, or none.
 * Throws RepeatedProductError, UnknownProductError or InsufficientStockError with one entry per line.
 */
export function decidePlacement(
  request: PlacementRequest,
  products: ReadonlyMap<number, ProductForSale>,
  stock: LockedStock,
): PlacedOrder {
  refuseRepeatedProducts(request);
  refuseUnknownProducts(request, products, stock);
  refuseShortLines(request, products, stock);
  const lines = request.lines.map(({ productId, quantity }, index) => {
    const product = products.get(productId)!;
    stock.reserve(request.orderId, productId, quantity, { processedBy: request.actor });
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
  return { order: newOrder(request, lines, products, stock.transactionTime!), lines };
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

function refuseUnknownProducts(
  { lines }: PlacementRequest,
  products: ReadonlyMap<number, ProductForSale>,
  stock: LockedStock,
): void {
  const problems: FieldError[] = [];
  lines.forEach(({ productId }, index) => {
    const product = products.get(productId);
    const field = `items[${index}].product_id`;
    if (!product || !stock.find(productId))
      problems.push({ field, code: 'unknown_product', message: `Product ${productId} does not exist.` });
    else if (!product.isActive)
      problems.push({ field, code: 'inactive_product', message: `${product.name} is not for sale.` });
  });
  if (problems.length > 0) throw new UnknownProductError(problems);
}

function refuseShortLines(
  { lines }: PlacementRequest,
  products: ReadonlyMap<number, ProductForSale>,
  stock: LockedStock,
): void {
  const problems: FieldError[] = [];
  lines.forEach(({ productId, quantity }, index) => {
    const available = stock.available(productId);
    if (available < quantity)
      problems.push({
        field: `items[${index}].quantity`,
        code: 'insufficient_stock',
        message: `Insufficient stock for ${products.get(productId)!.name}. Available: ${available}, Requested: ${quantity}`,
      });
  });
  if (problems.length > 0) throw new InsufficientStockError(problems);
}

function newOrder(
  request: PlacementRequest,
  lines: readonly OrderLine[],
  products: ReadonlyMap<number, ProductForSale>,
  placedAt: Date,
): Order {
  return Object.assign(new Order(), {
    id: request.orderId,
    customerName: request.customerName,
    customerEmail: request.customerEmail,
    userId: request.userId ?? null,
    declaredTotalMinor: request.declaredTotalMinor ?? null,
    batchId: request.batchId ?? null,
    status: 'pending',
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
    requeuedAt: null,
    statusSince: placedAt,
    processingStartedAt: null,
    completedAt: null,
    version: 1,
    createdAt: placedAt,
    updatedAt: placedAt,
    changedBy: request.actor,
    requestId: request.requestId,
    changeReason: null,
  } satisfies Order);
}
