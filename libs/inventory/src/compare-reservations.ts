import { Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DriftRepository, type LevelReservationMismatch } from './drift.repository';

/**
 * Finds levels whose reserved units are not those that orders reserve. There is nothing to repair by itself: which order forgot its
 * units, or took them twice, is what `verify` says.
 */
@Injectable()
export class CompareReservations {
  constructor(
    private readonly transactions: Transactions<'inventory'>,
    private readonly drift: DriftRepository,
  ) {}

  /** Of the given products, or of all. */
  execute(productIds?: readonly number[]): Promise<LevelReservationMismatch[]> {
    return this.transactions.run((tx) => this.drift.compareReservations(tx, productIds));
  }
}
