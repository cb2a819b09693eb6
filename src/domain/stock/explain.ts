/**
 * "Why is this product at 3?" in one sentence.
 */
import type { FlightOrder } from './in-flight.ts';
import type { StockLimits } from './published.ts';

export interface SentenceInput {
	/** Counted warehouses that hold some, with what they hold. */
	readonly warehouses: readonly {
		readonly name: string;
		readonly onHand: number;
	}[];
	readonly orders: readonly FlightOrder[];
	readonly limits: StockLimits;
	readonly wanted: number;
}

/** Orders named in the sentence; the rest are counted. All of them stand in the answer. */
const NAMED = 5;

/** Such as "12 on hand in Main − 2 in flight (orders 101, 104) − 1 buffer = 9". */
export function stockSentence( input: SentenceInput ): string {
	const { limits, orders, wanted } = input;
	const onHand = input.warehouses.reduce(
		( sum, { onHand: held } ) => sum + held,
		0
	);
	const flying = orders.reduce( ( sum, { quantity } ) => sum + quantity, 0 );
	const sellable = onHand - flying - limits.buffer;
	const sum = [
		`${ onHand } on hand${ placesOf( input.warehouses ) }`,
		`${ flying } in flight${ ordersOf( orders ) }`,
		`${ limits.buffer } buffer`,
	].join( ' − ' );
	return `${ sum } = ${ sellable }${ clampOf( sellable, wanted ) }`;
}

function placesOf( warehouses: SentenceInput[ 'warehouses' ] ): string {
	const [ first ] = warehouses;
	if ( first === undefined ) {
		return '';
	}
	if ( warehouses.length === 1 ) {
		return ` in ${ first.name }`;
	}
	return ` (${ warehouses.map( ( { name, onHand } ) => `${ name } ${ onHand }` ).join( ', ' ) })`;
}

function ordersOf( orders: readonly FlightOrder[] ): string {
	if ( orders.length === 0 ) {
		return '';
	}
	const named = orders
		.slice( 0, NAMED )
		.map( ( { orderId } ) => orderId )
		.join( ', ' );
	const more = orders.length - NAMED;
	return ` (order${ orders.length === 1 ? '' : 's' } ${ named }${ more > 0 ? ` and ${ more } more` : '' })`;
}

function clampOf( sellable: number, wanted: number ): string {
	if ( wanted > sellable ) {
		return `, raised to the minimum ${ wanted }`;
	}
	if ( wanted < sellable ) {
		return `, cut to the maximum ${ wanted }`;
	}
	return '';
}
