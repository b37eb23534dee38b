import { StockLevelsRepository, StockMovementsRepository } from '@app/inventory';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { pageQuery, pageSchema, Paging } from '../http/paging';
import { movementSchema, toMovement } from './inventory.response';

export const listMovementsSchema = z.strictObject(pageQuery);
export type ListMovementsQuery = z.infer<typeof listMovementsSchema>;

export const movementPageSchema = pageSchema(movementSchema, 'StockMovementPage');

/** The stock movements of one product, newest first: the catalogue shows them as well as the inventory. */
@Injectable()
export class MovementList {
  constructor(
    private readonly stockLevels: StockLevelsRepository,
    private readonly movements: StockMovementsRepository,
    private readonly paging: Paging,
  ) {}

  async page(productId: number, query: ListMovementsQuery, request: FastifyRequest) {
    const level = await this.stockLevels.get(productId);
    return this.paging.page(
      request,
      {
        list: `movements ${productId}`,
        wish: query,
        fetch: (key, backwards, slice) =>
          this.movements.findByProduct(productId, { descending: !backwards, after: key && Number(key[0]), ...slice }),
        keyOf: (movement) => [movement.id],
        count: (max) => this.movements.countByProduct(productId, max),
      },
      (movement) => toMovement(movement, level),
    );
  }
}
