/** Rules of `orders.rules` while they are typed: a part that is left empty is no condition. */
import { isTree } from '../../../../src/contracts/json.ts';
import type { Tree } from '../../../../src/contracts/json.ts';
import type { OrderRule } from '../../../../src/contracts/settings.ts';
import { own } from './tree.ts';

/** Parts as they are typed: an id may be text that is no number yet. */
export type DraftRule = {
	readonly [ K in keyof OrderRule ]: K extends 'channelId' | 'warehouseId'
		? number | string
		: OrderRule[ K ];
};

/** Takes a part away when there is nothing in it any more. */
export function withPart< K extends keyof DraftRule >(
	rule: DraftRule,
	part: K,
	value: DraftRule[ K ] | undefined
): DraftRule {
	return value === undefined
		? without( rule, [ part ] )
		: { ...rule, [ part ]: value };
}

function without(
	rule: DraftRule,
	parts: readonly ( keyof DraftRule )[]
): DraftRule {
	return Object.fromEntries(
		Object.entries( rule ).filter(
			( [ name ] ) => ! ( parts as readonly string[] ).includes( name )
		)
	);
}

/** `key` and what it has to be; without a key there is no condition, without a value any fits. */
export function withMeta(
	rule: DraftRule,
	change: { readonly key?: string; readonly is?: string }
): DraftRule {
	const { key, is } = { key: '', is: '', ...rule.meta, ...change };
	return withPart(
		rule,
		'meta',
		key === '' && is === ''
			? undefined
			: { key, ...( is === '' ? {} : { is } ) }
	);
}

/** An order that stays in the shop goes nowhere else. */
export function staying( rule: DraftRule, stays: boolean ): DraftRule {
	return stays
		? {
				...without( rule, [ 'channelId', 'warehouseId' ] ),
				push: false,
			}
		: without( rule, [ 'push' ] );
}

/** What the schema reads: ids are numbers, countries are capitals. */
export function settledOrderRule(
	rule: unknown,
	toNumber: ( text: string ) => number | string
): unknown {
	if ( ! isTree( rule ) ) {
		return rule;
	}
	const settle = ( key: string, work: ( text: string ) => unknown ): Tree => {
		const value = own( rule, key );
		return typeof value === 'string' ? { [ key ]: work( value ) } : {};
	};
	return {
		...rule,
		...settle( 'channelId', toNumber ),
		...settle( 'warehouseId', toNumber ),
		...settle( 'country', ( text ) => text.trim().toUpperCase() ),
	};
}
