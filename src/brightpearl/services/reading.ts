/**
 * Reads that several flows make at the same time, as the services see them.
 */
import type { Result } from '../../contracts/result.ts';
import type { Payment } from '../api.ts';
import type { OrderResource, RowRefs } from './order-resource.ts';
import type { ReadGatherOptions } from '../batching/read-gather.ts';

/** Null = ask by yourself. */
type Read< T > = (
	ids: readonly number[]
) => Promise< Result< ReadonlyMap< number, T > > > | null;

/** An order as it was read, and what its rows are called. */
export interface OrderFound {
	readonly order: OrderResource;
	readonly refs: RowRefs;
}

export interface Together {
	readonly orders: Read< OrderFound >;
	/** Every id asked for has a list. */
	readonly payments: Read< readonly Payment[] >;
}

/** What such a read is made of, whoever asks. */
export type Reading< T > = Pick<
	ReadGatherOptions< T >,
	'call' | 'read' | 'overhead'
>;
