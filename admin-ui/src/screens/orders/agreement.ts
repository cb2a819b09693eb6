/** Whether what both systems have is the same order. */
import type { OrderComparison } from '../../../../src/contracts/answers.ts';
import { alignRows } from './align.ts';
import { same } from './decimals.ts';

/** Null = one side is missing, so nothing can be said. */
export function agreement( {
	store,
	brightpearl,
}: Pick< OrderComparison, 'store' | 'brightpearl' > ):
	'agree' | 'differ' | null {
	if ( store === null || brightpearl === null ) {
		return null;
	}
	return store.currency === brightpearl.currency &&
		same( store.total, brightpearl.total ) &&
		same( store.tax, brightpearl.tax ) &&
		alignRows( store.rows, brightpearl.rows ).every(
			( { agrees } ) => agrees
		)
		? 'agree'
		: 'differ';
}
