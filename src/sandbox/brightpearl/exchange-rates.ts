/**
 * Exchange rates read, added and changed (platform reference, §7.5).
 */
import { z } from 'zod';
import { idOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { INVENTED, notFound, problem } from './codes.ts';
import { Big, fixed } from './decimal.ts';
import { decimalUpTo, looseInstant, readFields } from './fields.ts';
import { API_USER } from './profile.ts';
import { isBase, ratesOf } from './rates.ts';
import { answer, fixedNumber, refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import { utcMidnight } from './zone.ts';

/** By currency, then the latest first; the base currency has none. */
function readRates( { account }: Call ): Reply {
	const currencies = account.profile.currencies
		.filter( ( currency ) => ! isBase( account, currency ) )
		.toSorted( ( a, b ) => a.id - b.id );
	return answer(
		currencies.flatMap( ( currency ) =>
			ratesOf( account, currency ).map( ( entry ) => ( {
				currencyId: entry.currencyId,
				rateActiveFrom: account.zone.format( entry.activeFrom ),
				rate: fixedNumber( fixed( entry.rate, 6 ) ),
				addedById: entry.addedById,
			} ) )
		)
	);
}

const rateSchema = z.strictObject( {
	rateActiveFrom: looseInstant,
	rate: decimalUpTo( 6 ).refine(
		( text ) => ! /^-?[\d.]+$/.test( text ) || new Big( text ).gt( 0 ),
		'must be more than 0'
	),
} );

const refused = ( message: string ): Reply =>
	refuse( 400, problem( INVENTED.exchangeRate, message ) );

/** The currency a rate is sent for, and what was sent. */
function readSent( call: Call ) {
	const currency = call.account.profile.currencies.find(
		( { id } ) => id === idOf( call )
	);
	if ( ! currency ) {
		return {
			ok: false,
			reply: refuse(
				404,
				notFound( `Cannot find currency: ${ call.params.id ?? '' }` )
			),
		} as const;
	}
	if ( isBase( call.account, currency ) ) {
		return {
			ok: false,
			reply: refused( 'The base currency has no exchange rate' ),
		} as const;
	}
	const read = readFields(
		rateSchema,
		call.body,
		call.switches.unknownFields
	);
	return read.ok
		? ( { ok: true, currency, sent: read.value } as const )
		: read;
}

/** Today counts from now, a later day from its midnight (UTC), an earlier one is refused. */
function addRate( call: Call ): Reply {
	const read = readSent( call );
	if ( ! read.ok ) {
		return read.reply;
	}
	const { account, now } = call;
	const day = utcMidnight( read.sent.rateActiveFrom );
	if ( day < utcMidnight( now ) ) {
		return refused( 'A rate cannot begin in the past' );
	}
	account.tables.rates.put( {
		id: account.tables.rates.nextId(),
		currencyId: read.currency.id,
		activeFrom: day === utcMidnight( now ) ? now : day,
		rate: read.sent.rate,
		addedById: API_USER,
	} );
	return answer( 1 );
}

/** Changes the rate that begins then; answers how many rows that were. */
function changeRate( call: Call ): Reply {
	const read = readSent( call );
	if ( ! read.ok ) {
		return read.reply;
	}
	const { account } = call;
	const { currency, sent } = read;
	const target = ratesOf( account, currency ).find(
		( { activeFrom } ) => activeFrom === sent.rateActiveFrom
	);
	if ( ! target ) {
		return answer( 0 );
	}
	const { rates } = account.tables;
	const row = [ ...rates.values() ].find(
		( entry ) =>
			entry.currencyId === currency.id &&
			entry.activeFrom === target.activeFrom
	);
	rates.put( {
		id: row?.id ?? rates.nextId(),
		...target,
		rate: sent.rate,
		addedById: API_USER,
	} );
	return answer( 1 );
}

const WRITE = '/accounting-service/currency/{id}/exchange-rate';

export const exchangeRateRoutes: readonly Route[] = [
	route(
		'GET',
		'/accounting-service/exchange-rate',
		'get-exchange-rate',
		readRates
	),
	route( 'POST', WRITE, 'post-exchange-rate', addRate ),
	route( 'PUT', WRITE, 'put-exchange-rate', changeRate ),
];
