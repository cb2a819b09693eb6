/**
 * Why a shop refused: its status and WordPress's error, as a problem for a person.
 *
 * WooCommerce's sentences come in the shop's language and are only a hint; its codes and the
 * status decide. One code, `woocommerce_rest_authentication_error`, stands for wrong secret,
 * missing right, bad signature, old timestamp and used nonce alike.
 */
import { z } from 'zod';
import type { ProblemDraft } from '../contracts/problem.ts';
import type { HttpAnswer } from '../contracts/world.ts';
import type { Body } from './body.ts';
import type { Asked } from './asked.ts';
import { plainText } from './plain-text.ts';
import * as problems from './problems.ts';

const MINUTE = 60_000;
/** WooCommerce's window for signed requests. */
const OAUTH_WINDOW = 15 * MINUTE;

export const AUTHENTICATION_ERROR = 'woocommerce_rest_authentication_error';

export interface Said {
	readonly code: string | null;
	readonly message: string;
}

const errorSchema = z.object( {
	code: z.union( [ z.string(), z.number() ] ).transform( String ),
	message: z.string().catch( '' ),
} );

export function errorOf( body: Body ): Said {
	const parsed =
		body.kind === 'json' ? errorSchema.safeParse( body.value ) : null;
	return parsed?.success === true
		? {
				code: parsed.data.code,
				message: plainText( parsed.data.message ),
			}
		: { code: null, message: '' };
}

export function problemOf(
	asked: Asked,
	answer: HttpAnswer,
	body: Body,
	said: Said
): ProblemDraft {
	const title = body.kind === 'page' ? body.title : null;
	const isJson = said.code !== null;
	switch ( answer.status ) {
		case 401:
			return isJson
				? unauthorised( asked, answer, said )
				: problems.siteBehindLogin( 'status 401' );
		case 403:
			if ( ! isJson ) {
				return problems.firewall( 403, title );
			}
			return said.code?.startsWith( 'woocommerce_' ) === true
				? problems.noRights( said.message )
				: problems.restDisabled( said.message );
		case 404:
			if ( ! isJson ) {
				return problems.noRestApi( asked.home );
			}
			return said.code === 'rest_no_route'
				? problems.noWooCommerce()
				: problems.refused( asked.what, 404, said.message );
		case 405:
		case 406:
		case 418:
			return isJson
				? problems.refused( asked.what, answer.status, said.message )
				: problems.firewall( answer.status, title );
		default:
			return problems.refused(
				asked.what,
				answer.status,
				said.message === '' ? ( title ?? '' ) : said.message
			);
	}
}

function unauthorised(
	asked: Asked,
	answer: HttpAnswer,
	said: Said
): ProblemDraft {
	if ( said.code !== AUTHENTICATION_ERROR ) {
		return said.code?.startsWith( 'woocommerce_' ) === true ||
			said.code === 'invalid_username'
			? problems.notRecognised( asked.scheme )
			: problems.restDisabled( said.message );
	}
	const skew = clockSkew( answer, asked.now );
	const off = skew !== null && Math.abs( skew ) > OAUTH_WINDOW;
	if (
		asked.scheme === 'oauth1' &&
		( off || /timestamp/i.test( said.message ) )
	) {
		return problems.clockOff(
			off ? Math.round( Math.abs( skew ) / MINUTE ) : null
		);
	}
	if ( asked.method !== 'GET' ) {
		if ( asked.readsWork || /write permission/i.test( said.message ) ) {
			return problems.readOnlyKey( said.message );
		}
	} else if ( /read permission/i.test( said.message ) ) {
		return problems.writeOnlyKey( said.message );
	}
	return asked.scheme === 'oauth1' && ! /consumer/i.test( said.message )
		? problems.wrongSignature( said.message, asked.home )
		: problems.wrongKey( said.message );
}

export function isUsedNonce( said: Said ): boolean {
	return said.code === AUTHENTICATION_ERROR && /nonce/i.test( said.message );
}

/** The shop's clock minus ours, in milliseconds, by its `Date` header. */
export function clockSkew(
	answer: Pick< HttpAnswer, 'headers' >,
	now: number
): number | null {
	const date = Date.parse( answer.headers.date ?? '' );
	return Number.isNaN( date ) ? null : date - now;
}
