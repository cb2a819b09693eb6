/**
 * Reads what a shop really sends instead of clean JSON: byte order marks, PHP warnings before
 * or after it, error pages, half an answer, nothing at all (recorded in `errors/`).
 */
import { plainText } from './plain-text.ts';

export type Body =
	| {
			readonly kind: 'json';
			readonly value: unknown;
			/** Something of PHP's stood around the JSON. */
			readonly noisy: boolean;
	  }
	| { readonly kind: 'empty' }
	| { readonly kind: 'page'; readonly title: string | null }
	/** It began as JSON and does not end as JSON. */
	| { readonly kind: 'broken' };

export function readBody( raw: string ): Body {
	const text = raw.replace( /^[\s\uFEFF]+/, '' ).trimEnd();
	if ( text === '' ) {
		return { kind: 'empty' };
	}
	const whole = parse( text );
	if ( whole.ok ) {
		return { kind: 'json', value: whole.value, noisy: false };
	}
	const looksLikePage = /^<(!doctype|html|head|body)\b/i.test( text );
	if ( ! looksLikePage ) {
		const found = findJson( text );
		if ( found.ok ) {
			return { kind: 'json', value: found.value, noisy: true };
		}
	}
	const startsAsJson = /^[{[]/.test( text );
	const hasJsonLine = /\n[\s\uFEFF]*[{[]/.test( text );
	return startsAsJson || ( ! looksLikePage && hasJsonLine )
		? { kind: 'broken' }
		: { kind: 'page', title: titleOf( text ) };
}

type Parsed =
	{ readonly ok: true; readonly value: unknown } | { readonly ok: false };

function parse( text: string ): Parsed {
	try {
		return { ok: true, value: JSON.parse( text ) as unknown };
	} catch {
		return { ok: false };
	}
}

/**
 * WordPress prints JSON in one line, and PHP ends each message with a line break: so the
 * answer starts at the start of a line. Looking anywhere else could take the inner part of an
 * answer that was cut (`[]` of some field) for a whole one, and an empty list loses orders.
 */
function findJson( text: string ): Parsed {
	for ( const match of text.matchAll( /(?:^|\n)[^\S\n]*\uFEFF*(?=[{[])/g ) ) {
		const rest = text.slice( match.index + match[ 0 ].length );
		const toEnd = parse( rest );
		if ( toEnd.ok ) {
			return toEnd;
		}
		const noiseAfter = /\s*<br \/>\s*\n<b>/.exec( rest );
		if ( noiseAfter !== null ) {
			const before = parse( rest.slice( 0, noiseAfter.index ) );
			if ( before.ok ) {
				return before;
			}
		}
	}
	return { ok: false };
}

function titleOf( text: string ): string | null {
	const title = /<title[^>]*>([^<]*)<\/title>/i.exec( text )?.[ 1 ];
	const shown = title === undefined ? '' : plainText( title );
	return shown === '' ? null : shown;
}
