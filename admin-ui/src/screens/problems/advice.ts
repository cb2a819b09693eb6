/**
 * What a problem says on the screens. The service speaks to both kinds of readers with the keys
 * and commands of its contract; here the way out is the one that the screens offer. What is not
 * known here keeps the service's own sentence.
 */
import { __, sprintf } from '@wordpress/i18n';
import type { Problem } from '../../../../src/contracts/problem.ts';
import { onScreens, plainCause, wayOfSync } from './sync-advice.ts';
import type { Place } from './sync-advice.ts';
import { inWords, nameOf } from './setting-names.ts';
import { rulesIn } from './tax-rules-in-words.ts';

type Told = Pick< Problem, 'code' | 'field' | 'message' | 'cause' | 'fix' >;

export interface Advice {
	readonly message: string;
	readonly cause: string | null;
	readonly fix: string | null;
}

/** @param place Where it is read: on the order's own page the choice stands below it. */
export function adviceOf( problem: Told, place: Place = 'elsewhere' ): Advice {
	const { cause, fix, message } = problem;
	return {
		message: inWords( message ),
		cause: cause === null ? null : inWords( plainCause( cause ) ),
		fix:
			fix === null
				? null
				: ( wayOut( problem, fix, place ) ?? inWords( fix ) ),
	};
}

/** Null where the service's own sentence says it as well. */
function wayOut(
	{ code, field, message }: Told,
	fix: string,
	place: Place
): string | null {
	switch ( code ) {
		case 'payment-unmapped':
			return payment( fix );
		case 'tax-unmapped':
			return tax( fix );
		case 'sku-unknown':
			return field === 'orders.missingSku'
				? sprintf(
						/* translators: %s: name of a setting */
						__(
							'Give the product the same SKU on both sides, or choose under %s what becomes of such lines. Then retry the order.',
							'pearlbridge'
						),
						named( field )
					)
				: null;
		case 'reference-taken':
			return fix.includes( 'orders.refPrefix' )
				? sprintf(
						/* translators: %s: name of a setting */
						__(
							'Give this connection a %s of its own, then retry. Once orders were pushed with it, it is fixed: then a new connection is needed.',
							'pearlbridge'
						),
						named( 'orders.refPrefix' )
					)
				: null;
		case 'stock-refused':
			return field === 'stock.warehouses' || field === 'orders.channelId'
				? sprintf(
						/* translators: %s: name of a setting */
						__(
							'Choose one that Brightpearl has under %s, or put the setting back to its default. Then pull the stock again.',
							'pearlbridge'
						),
						named( field )
					)
				: null;
		case 'credentials-brightpearl':
			return signIn( field, message, fix );
		case 'refused-by-brightpearl':
			return field === 'brightpearl.apiDomain'
				? sprintf(
						/* translators: %s: name of a field */
						__(
							'Correct the %s, then check the connection.',
							'pearlbridge'
						),
						named( field )
					)
				: null;
		case 'site-moved':
			return field === 'store.url'
				? fix.replace(
						/^Set store\.url to (\S+)\.$/,
						( _, address: string ) =>
							sprintf(
								/* translators: 1: name of a field, 2: web address */
								__( 'Change the %1$s to %2$s.', 'pearlbridge' ),
								named( field ),
								address
							)
					)
				: null;
		case 'throttled':
			return field === 'budget.reserve'
				? sprintf(
						/* translators: %s: name of a setting */
						__(
							'Nothing is lost and nothing is to be done: it goes on by itself. If it stays, raise %s, or ask Brightpearl for a higher limit.',
							'pearlbridge'
						),
						named( field )
					)
				: null;
		case 'staff-contact':
		case 'write-back-refused':
		case 'changed-on-both-sides':
			return wayOfSync( code, fix, place );
		case 'cancelled-shipped':
		case 'cancelled-in-brightpearl':
		case 'order-gone':
		case 'order-changed':
		case 'cancelled-paid':
		case 'refund-deleted':
		case 'total-mismatch':
			return inWords( onScreens( fix, place ) ).replace(
				/\bignore (it|the order) here\b/,
				( _, what: string ) =>
					what === 'it'
						? __( 'ignore it on its own page', 'pearlbridge' )
						: __(
								'ignore the order on its own page',
								'pearlbridge'
							)
			);
		default:
			return null;
	}
}

function named( path: string ): string {
	return nameOf( path ) ?? path;
}

/** `Add "klarna" (or "*" for all others) with …`: the method is JSON, so quotes are escaped. */
const METHOD = /^Add ("(?:[^"\\]|\\.)*") /;

function payment( fix: string ): string | null {
	const quoted = METHOD.exec( fix )?.[ 1 ];
	if ( quoted === undefined ) {
		return null;
	}
	const method = String( JSON.parse( quoted ) );
	return method === ''
		? sprintf(
				/* translators: %s: name of a setting */
				__(
					'Choose a Brightpearl payment method for “Everything else” under %s. Then retry the order.',
					'pearlbridge'
				),
				named( 'orders.payments' )
			)
		: sprintf(
				/* translators: 1: payment method of the shop, 2: name of a setting */
				__(
					'Choose a Brightpearl payment method for “%1$s”, or for “Everything else”, under %2$s. Then retry the order.',
					'pearlbridge'
				),
				method,
				named( 'orders.payments' )
			);
}

function tax( fix: string ): string | null {
	const rules = rulesIn( fix );
	const has = /use codes the account has \((.*)\), then retry/i.exec( fix );
	if ( rules.length === 0 && has === null ) {
		return null;
	}
	return [
		...( rules.length > 0
			? [
					sprintf(
						/* translators: 1: name of a setting, 2: conditions of rules, 3: name of a setting */
						__(
							'Under %1$s, add a rule for %2$s, and choose the tax code of Brightpearl there. Or choose one code for everything else under %3$s.',
							'pearlbridge'
						),
						named( 'orders.tax' ),
						rules.join( '; ' ),
						named( 'orders.taxDefault' )
					),
				]
			: [] ),
		...( has === null
			? []
			: [
					sprintf(
						/* translators: %s: list of tax codes */
						__(
							'Choose tax codes that the account has (%s).',
							'pearlbridge'
						),
						has[ 1 ] ?? ''
					),
				] ),
		__( 'Then retry the order.', 'pearlbridge' ),
	].join( ' ' );
}

/** The ways in: which field is entered anew. */
function signIn(
	field: string | null,
	message: string,
	fix: string
): string | null {
	switch ( field ) {
		case 'brightpearl.auth.clientId':
			return sprintf(
				/* translators: 1: name of a field, 2: name of a field */
				__(
					'Correct the %1$s and the %2$s, then check the connection.',
					'pearlbridge'
				),
				named( field ),
				named( 'brightpearl.auth.clientSecret' )
			);
		case 'brightpearl.oauthUrl':
			return sprintf(
				/* translators: %s: name of a field */
				__( 'Correct the %s or empty it.', 'pearlbridge' ),
				named( field )
			);
		case 'brightpearl.apiDomain':
			return sprintf(
				/* translators: %s: name of a field */
				__(
					'Fill in the %s, for example euw1.brightpearlconnect.com.',
					'pearlbridge'
				),
				named( field )
			);
		default:
			return token( field, message, fix );
	}
}

function token(
	field: string | null,
	message: string,
	fix: string
): string | null {
	// The right is missing, not the token.
	if ( message.startsWith( 'Brightpearl refuses the right' ) ) {
		return null;
	}
	switch ( field ) {
		case 'brightpearl.auth.refreshToken':
			return __(
				'Press “Authorize with Brightpearl” on the connection’s page: what waits goes on as soon as the consent is given.',
				'pearlbridge'
			);
		case 'brightpearl.auth.accountToken':
		case 'brightpearl.auth.staffToken':
		case 'brightpearl.auth':
			return sprintf(
				/* translators: 1: name of a field, 2: name of a field */
				__(
					'Enter the %1$s anew and see that the %2$s is right, then check the connection.',
					'pearlbridge'
				),
				field === 'brightpearl.auth'
					? __( 'token', 'pearlbridge' )
					: named( field ),
				named( 'brightpearl.account' )
			);
		default:
			return inWords( fix );
	}
}
