import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, MoreThan, Repository } from 'typeorm';
import { StockMovement } from './stock-movement.entity';

@Injectable()
export class StockMovementsRepository {
  constructor(@InjectRepository(StockMovement) private readonly movements: Repository<StockMovement>) {}

  /** Movements of a product by id, after the one given. */
  async findByProduct(
    productId: number,
    { descending, after, limit, offset }: { descending: boolean; after?: number; limit: number; offset?: number },
  ): Promise<StockMovement[]> {
    const beyond = descending ? LessThan : MoreThan;
    return this.movements.find({
      where: { productId, ...(after === undefined ? {} : { id: beyond(after) }) },
      order: { id: descending ? 'DESC' : 'ASC' },
      skip: offset,
      take: limit,
    });
  }

  /** Counts the movements of a product, at most `max`. */
  async countByProduct(productId: number, max: number): Promise<number> {
    const [{ count }] = await this.movements.query<[{ count: number }]>(
      `select count(*) from (select 1 from inventory.stock_movements where product_id = $1 limit $2) capped`,
      [productId, max],
    );
    return count;
  }
}
