/**
 * Asks the shop what can be known without writing, as far as the key may ask, and says what
 * is wrong with the next step. Whether the key may write cannot be known without writing.
 */
import type { Finding } from '../contracts/answers.ts';
import type { Failure } from '../contracts/result.ts';
import type { StoreSite } from '../contracts/store.ts';
import type { Clock } from '../contracts/world.ts';
import { clockSkew } from './refusal.ts';
import type { Reply } from './classify.ts';
import { plainText } from './plain-text.ts';
import * as problems from './problems.ts';
import { currencySchema, indexSchema, systemStatusSchema } from './schemas.ts';
import type { Transport } from './transport.ts';

const MINUTE = 60_000;
/** Signed requests fail at 15 minutes; this leaves time to act. */
const NOTABLE_SKEW = 2 * MINUTE;
/** Brightpearl's totals have two. */
const MOST_DECIMALS = 2;

const INDEX_HIDDEN =
	'The shop hides what its API says of itself; its name and time zone stay unknown.';

type Site = { -readonly [ K in keyof StoreSite ]: StoreSite[ K ] };

export async function checkStore(
	transport: Transport,
	clock: Clock
): Promise< { site: StoreSite; findings: readonly Finding[] } > {
	const site: Site = {
		name: null,
		version: null,
		timeZone: null,
		currency: null,
	};
	const findings: Finding[] = [];
	const say = (
		level: Finding[ 'level' ],
		code: string,
		message: string,
		fix: string | null = null
	): void => {
		findings.push( { side: 'store', code, level, message, fix } );
	};
	const sayFailure = ( failure: Failure ): void => {
		if ( failure.kind === 'retry' ) {
			say(
				'error',
				'store-unreachable',
				failure.message,
				'Try again in a few minutes; if it stays, ask the host of the shop.'
			);
			return;
		}
		const { code, message, cause, fix } = failure.problem;
		const why = cause === null ? '' : ` ${ cause }`;
		say( 'error', code, `${ message }${ why }`, fix );
	};

	const index = await askIndex( transport );
	if ( ! index.ok && index.status === null ) {
		sayFailure( index.failure );
		return { site, findings };
	}
	if ( index.ok ) {
		readIndex( transport, index, site, say );
		readClock( transport, index, clock, say );
	}
	const orders = await transport.get( 'orders', {
		per_page: 1,
		_fields: 'id',
	} );
	if ( ! orders.ok ) {
		// What anybody is refused tells more than what the key is refused, unless a plugin
		// merely keeps visitors out.
		sayFailure(
			index.ok || index.status === 401 || index.status === 403
				? orders.failure
				: index.failure
		);
		return { site, findings };
	}
	if ( ! index.ok ) {
		say( 'warning', 'index-unreadable', INDEX_HIDDEN );
	}
	const products = await transport.get( 'products', {
		per_page: 1,
		_fields: 'id',
	} );
	if ( ! products.ok ) {
		sayFailure( products.failure );
	}
	await readSystem( transport, site, say );
	if ( transport.scheme === 'oauth1' && ! isLoopback( transport.home ) ) {
		say(
			'warning',
			'not-encrypted',
			'The shop is reached over plain http: customers and orders travel unencrypted.',
			'Give the shop a certificate and set store.url to its https address.'
		);
	}
	if ( transport.headerStripped() ) {
		say(
			'warning',
			'authorization-header-stripped',
			transport.scheme === 'basic'
				? 'The host of the shop removes the Authorization header; the API key goes into the address instead, where access logs keep it.'
				: 'The host of the shop removes the Authorization header; the signature goes into the address instead.',
			'Ask the host to pass the Authorization header on to PHP (Apache: CGIPassAuth On).'
		);
	}
	if (
		[ index, orders, products ].some( ( reply ) => reply.ok && reply.noisy )
	) {
		say(
			'warning',
			'php-messages',
			'A plugin of the shop prints PHP messages into the API answers.',
			'Set WP_DEBUG_DISPLAY to false in wp-config.php and repair the plugin.'
		);
	}
	if ( products.ok ) {
		say(
			'ok',
			'store-readable',
			`The shop answers and the key reads orders and products${ site.version === null ? '' : ` (WooCommerce ${ site.version })` }.`
		);
	}
	return { site, findings };
}

type Say = (
	level: Finding[ 'level' ],
	code: string,
	message: string,
	fix?: string | null
) => void;
type Answered = Extract< Reply, { ok: true } >;

/** The index is open to everybody: it tells a wrong address from a wrong key. */
async function askIndex( transport: Transport ): Promise< Reply > {
	const index = await transport.getOpenly( 'wp-json/', {
		_fields: 'name,home,namespaces,timezone_string,gmt_offset',
	} );
	if ( index.ok || index.status !== 404 ) {
		return index;
	}
	// With plain permalinks the index answers at this address only, and keys work nowhere.
	const plain = await transport.getOpenly( '', { rest_route: '/' } );
	const parsed = plain.ok ? indexSchema.safeParse( plain.body ) : null;
	return parsed?.success === true
		? {
				...index,
				failure: {
					kind: 'hold',
					problem: problems.plainPermalinks(),
					ruid: null,
				},
			}
		: index;
}

function readIndex(
	transport: Transport,
	reply: Answered,
	site: Site,
	say: Say
): void {
	const index = indexSchema.safeParse( reply.body );
	if ( ! index.success ) {
		say( 'warning', 'index-unreadable', INDEX_HIDDEN );
		return;
	}
	const { name, home, namespaces, timezone_string, gmt_offset } = index.data;
	site.name = plainText( name ) || null;
	site.timeZone = timezone_string || offsetZone( gmt_offset );
	if ( ! namespaces.includes( 'wc/v3' ) ) {
		const { code, message, fix } = problems.noWooCommerce();
		say( 'error', code, message, fix );
	}
	const told = home?.replace( /\/+$/, '' );
	if ( told !== undefined && told !== transport.home ) {
		say(
			transport.scheme === 'oauth1' ? 'error' : 'warning',
			'home-differs',
			transport.scheme === 'oauth1'
				? `The shop's own address is ${ told }, not ${ transport.home }: signatures over http are checked against it and fail.`
				: `The shop's own address is ${ told }, not ${ transport.home }.`,
			`Set store.url to ${ told }.`
		);
	}
}

/** Sites without a named zone have an offset in hours, such as 5.5. */
function offsetZone( offset: number | string | undefined ): string | null {
	const hours = Number( offset ?? Number.NaN );
	if ( Number.isNaN( hours ) ) {
		return null;
	}
	const minutes = Math.round( Math.abs( hours ) * 60 );
	const text = `${ String( Math.floor( minutes / 60 ) ).padStart( 2, '0' ) }:${ String( minutes % 60 ).padStart( 2, '0' ) }`;
	return `${ hours < 0 ? '-' : '+' }${ text }`;
}

function readClock(
	transport: Transport,
	reply: Answered,
	clock: Clock,
	say: Say
): void {
	const skew = clockSkew( reply, clock.now() );
	if ( skew !== null && Math.abs( skew ) > NOTABLE_SKEW ) {
		const minutes = Math.round( Math.abs( skew ) / MINUTE );
		say(
			'warning',
			'clock-off',
			`The clock of the shop is ${ minutes } minutes ${ skew > 0 ? 'ahead of' : 'behind' } ours${ transport.scheme === 'oauth1' ? '; from 15 minutes on it refuses every request' : '' }.`,
			'Switch on time synchronisation (NTP) on this machine, or ask the host of the shop to.'
		);
	}
}

async function readSystem(
	transport: Transport,
	site: Site,
	say: Say
): Promise< void > {
	const reply = await transport.get( 'system_status', {
		_fields: 'environment,settings',
	} );
	const status = reply.ok
		? systemStatusSchema.safeParse( reply.body ).data
		: undefined;
	site.version = status?.environment?.version ?? null;
	site.currency =
		status?.settings?.currency ?? ( await askCurrency( transport ) );
	const decimals = status?.settings?.number_of_decimals ?? 0;
	if ( decimals > MOST_DECIMALS ) {
		say(
			'warning',
			'currency-precision',
			`The shop keeps ${ decimals } decimals; Brightpearl's totals have two, and an order that needs more will wait for a person.`,
			'Set WooCommerce → Settings → General → Number of decimals to 2.'
		);
	}
	if ( ! reply.ok ) {
		say(
			'warning',
			'system-status-unreadable',
			'The key may not read the status of the shop; its version stays unknown.',
			'Make the key for a shop manager or an administrator.'
		);
	}
}

async function askCurrency( transport: Transport ): Promise< string | null > {
	const reply = await transport.get( 'data/currencies/current' );
	return reply.ok
		? ( currencySchema.safeParse( reply.body ).data?.code ?? null )
		: null;
}

function isLoopback( home: string ): boolean {
	return /^(localhost|127\.[\d.]+|\[::1\])$/.test( new URL( home ).hostname );
}
