/**
 * Redirects are never followed: a followed POST becomes a GET, a login page answers 200, and
 * credentials would travel to another host. What the redirect means is told instead.
 */
import type { ProblemDraft } from '../contracts/problem.ts';
import * as problems from './problems.ts';

const LOGIN = /log-?in|sign-?in|\bsso\b|\/auth\b|my-account|coming-soon/i;
const REST = '/wp-json/';

/** Null when the redirect names no address. Queries are left out: they may echo keys. */
export function classifyRedirect(
	asked: { readonly url: string; readonly home: string },
	location: string | undefined
): ProblemDraft | null {
	if ( location === undefined || ! URL.canParse( location, asked.url ) ) {
		return null;
	}
	const from = new URL( asked.url );
	const to = new URL( location, asked.url );
	const target = `${ to.origin }${ to.pathname }`;
	if ( LOGIN.test( to.pathname ) ) {
		return problems.siteBehindLogin( target );
	}
	const rest = to.pathname.indexOf( REST );
	if ( rest >= 0 ) {
		const home = `${ to.origin }${ to.pathname.slice( 0, rest ) }`;
		return home === asked.home
			? problems.redirected( target )
			: problems.moved( asked.home, home );
	}
	return to.origin === from.origin
		? problems.redirected( target )
		: problems.moved( asked.home, target.replace( /\/$/, '' ) );
}
