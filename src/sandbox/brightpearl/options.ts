/**
 * Options of variants (colour, size) with their values: the ones the seeded catalogue uses. The
 * API's own way of adding options is not imitated, so the list never grows.
 */
import type { Account } from './account.ts';

export interface OptionValue {
	readonly id: number;
	readonly optionId: number;
	readonly name: string;
}

export interface Option {
	readonly id: number;
	readonly name: string;
	readonly values: readonly OptionValue[];
}

const known = new WeakMap< Account, readonly Option[] >();

export function optionsOf( account: Account ): readonly Option[] {
	const before = known.get( account );
	if ( before ) {
		return before;
	}
	const values = new Map< string, Set< string > >();
	for ( const { options } of account.tables.products.values() ) {
		for ( const { name, value } of options ) {
			values.set(
				name,
				( values.get( name ) ?? new Set() ).add( value )
			);
		}
	}
	let valueId = 0;
	const list = [ ...values ].map( ( [ name, texts ], index ): Option => ( {
		id: index + 1,
		name,
		values: [ ...texts ].map( ( text ) => ( {
			id: ++valueId,
			optionId: index + 1,
			name: text,
		} ) ),
	} ) );
	known.set( account, list );
	return list;
}

export function findOption(
	account: Account,
	name: string,
	value: string
): { readonly option: Option; readonly value: OptionValue } | undefined {
	const option = optionsOf( account ).find(
		( entry ) => entry.name === name
	);
	const found = option?.values.find( ( entry ) => entry.name === value );
	return option && found ? { option, value: found } : undefined;
}
