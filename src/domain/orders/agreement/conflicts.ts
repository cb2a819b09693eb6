/**
 * Rows and addresses in words, for a person who is to say whose value holds, or to see what is
 * about to be changed.
 */
import { decimal, money, MOST_DECIMALS, plain, roundTo } from '../../money.ts';
import type { FoundAddress } from '../found.ts';
import { addressFacts } from './marks.ts';
import type { Address } from '../types.ts';

interface Worth {
	readonly quantity: string;
	readonly net: string;
	readonly tax: string;
}

export const REMOVED = 'removed';

const KINDS: Readonly< Record< string, string > > = {
	line: 'line',
	ship: 'shipping',
	fee: 'fee',
	coupon: 'coupon',
	rounding: 'rounding row',
};

/** `line "Canvas Tote"` */
export function rowName( ref: string, name: string ): string {
	const kind = KINDS[ ref.split( '-' )[ 0 ] ?? '' ] ?? 'row';
	return name === '' ? `${ kind } ${ ref }` : `${ kind } "${ name }"`;
}

/** `2 × 10.00 + 4.00 tax`; where the unit's price is no whole penny `3 pieces, 10.00 + 2.00 tax`. */
export function rowInWords( row: Worth | null | undefined ): string {
	if ( row === null || row === undefined ) {
		return REMOVED;
	}
	const quantity = decimal( row.quantity );
	const net = decimal( row.net );
	const unit = quantity.eq( 0 )
		? null
		: roundTo( net.div( quantity ), MOST_DECIMALS );
	const worth =
		unit !== null && unit.times( quantity ).eq( net )
			? `${ plain( quantity ) } × ${ money( unit, MOST_DECIMALS ) }`
			: `${ pieces( row ) }, ${ money( net, MOST_DECIMALS ) }`;
	return `${ worth } + ${ money( decimal( row.tax ), MOST_DECIMALS ) } tax`;
}

/** `2 → 3 pieces, 20.00 → 30.00`: what of a row is another one; '' where only its name is. */
export function changeInWords( before: Worth, after: Worth ): string {
	const from = plain( decimal( before.quantity ) );
	const to = plain( decimal( after.quantity ) );
	return [
		...( from === to ? [] : [ `${ from } → ${ pieces( after ) }` ] ),
		...( gross( before ) === gross( after )
			? []
			: [ `${ gross( before ) } → ${ gross( after ) }` ] ),
	].join( ', ' );
}

function pieces( { quantity }: Worth ): string {
	const count = plain( decimal( quantity ) );
	return `${ count } piece${ count === '1' ? '' : 's' }`;
}

/** What the row costs, tax included. */
export function gross( { net, tax }: Omit< Worth, 'quantity' > ): string {
	return money( decimal( net ).plus( tax ), MOST_DECIMALS );
}

export function addressInWords( address: Address ): string {
	return inOneLine( [
		address.fullName,
		address.company === address.fullName ? '' : address.company,
		address.line1,
		address.line2,
		address.city,
		address.state,
		address.postcode,
		address.country,
		address.phone,
		address.email,
	] );
}

export function foundAddressInWords( address: FoundAddress | null ): string {
	const [ fullName = '', company = '', ...rest ] = addressFacts( address );
	return inOneLine( [
		fullName,
		company === fullName ? '' : company,
		...rest,
	] );
}

function inOneLine( parts: readonly string[] ): string {
	return parts.filter( ( part ) => part !== '' ).join( ', ' ) || 'none';
}
