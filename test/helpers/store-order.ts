/** The recorded orders of test/data/woocommerce, as the store port gives them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { StoreOrder } from '../../src/contracts/store.ts';
import { toOrder } from '../../src/woocommerce/to-order.ts';

const root = new URL( '../data/woocommerce/orders/', import.meta.url );

export interface Recorded {
	/** `031-coupon-percent-in-sub` */
	readonly name: string;
	readonly order: StoreOrder;
	/** From its `.dp6.json`, where one was recorded. */
	readonly exact: StoreOrder | null;
}

function read( file: string ): StoreOrder {
	const answer = toOrder(
		JSON.parse( readFileSync( new URL( file, root ), 'utf8' ) )
	);
	if ( ! answer.ok ) {
		throw new Error( `${ file }: ${ answer.why }` );
	}
	return answer.order;
}

export function recordedOrders(): Recorded[] {
	return readdirSync( root )
		.filter( ( file ) => /^\d{3}-[a-z0-9-]+\.json$/.test( file ) )
		.sort()
		.map( ( file ) => {
			const name = file.replace( '.json', '' );
			const six = `${ name }.dp6.json`;
			return {
				name,
				order: read( file ),
				exact: existsSync( new URL( six, root ) ) ? read( six ) : null,
			};
		} );
}

export function recordedOrder( number: string ): Recorded {
	const found = recordedOrders().find( ( { name } ) =>
		name.startsWith( number )
	);
	if ( found === undefined ) {
		throw new Error( `No recorded order ${ number }` );
	}
	return found;
}
