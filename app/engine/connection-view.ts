import type { Connection } from '../contract/models/connection.ts';
import type { Output } from '../contract/procedures.ts';
import { takesBatches } from '../providers/batch/takes-batches.ts';
import { staysLocal } from '../providers/endpoint.ts';
import { findPrice, modelOf } from '../usage/prices.ts';

/** A connection with what follows from its settings. */
export function toView(connection: Connection): Output<'connection.list'>[number] {
  return {
    ...connection,
    isLocal: staysLocal(connection),
    model: modelOf(connection) ?? null,
    price: findPrice(connection) ?? null,
    takesBatches: takesBatches(connection),
  };
}
